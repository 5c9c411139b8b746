import type { SessionView } from "#lib/impersonation/session-view.ts";
import type { EndCause } from "#lib/vocabulary.ts";
import { endedWords } from "#lib/vocabulary-labels.ts";

/** Who or what ended it, to this reader: "Ended by you", "Ended by Runa Castellane". */
export function endedTo(
  readerId: string,
  cause: EndCause,
  { actor, endedBy }: Pick<SessionView, "actor" | "endedBy">,
): string {
  const byHand = cause === "actor" || cause === "manager" || cause === "admin";
  const who = cause === "actor" ? actor.id : endedBy?.id;
  return byHand && who === readerId ? "Ended by you" : endedWords(cause, endedBy?.name ?? null);
}
