import type { Scope } from "#lib/vocabulary.ts";
import { givenName } from "../../../../_words/given-name.ts";
import type { LiveSession } from "./live-session.ts";

type Whom = { id: string; name: string };

/** "Start looking as Olu"; where it takes the place of a live session, "End Jane, start looking as Olu". */
export function startLabel(live: LiveSession | null, subject: Whom, scope: Scope): string {
  const verb = scope === "write" ? "acting" : "looking";
  const given = givenName(subject.name);
  if (!live) return `Start ${verb} as ${given}`;
  if (live.subjectId === subject.id) return `End it, start ${verb} as ${given} anew`;
  const other = givenName(live.subject);
  return other === given
    ? `End ${live.subject}, start ${verb} as ${subject.name}`
    : `End ${other}, start ${verb} as ${given}`;
}
