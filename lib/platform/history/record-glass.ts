import type { Story, Visit } from "#db/seed/history/story.ts";
import { reviewedEntry } from "#lib/findings/review-session.ts";
import { usedEntry } from "#lib/impersonation/break-glass.ts";
import type { DoneIn } from "#lib/impersonation/done-in.ts";
import type { ToldOf } from "#lib/impersonation/store-action.ts";
import { dueEntry } from "#lib/impersonation/tell-ended.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { PastRequest } from "./record-request.ts";
import type { Recorder } from "./recorder.ts";

type Told = ToldOf & { number: number; minutes: number };

/** What breaking the glass put on record beside its session; gives its entry. */
export function recordUse(
  to: Recorder,
  { number, story }: PastRequest,
  session: Told,
  starter: ReturnType<Recorder["staffAt"]>,
): string {
  const { reason, category: reasonCategory, callerCheck } = story;
  const skipped = to
    .managersAt(session.startedAt)
    .filter(({ id }) => id !== session.actorId)
    .map(({ id, name }) => ({ id, name }));
  return to.note(
    session.startedAt,
    starter,
    usedEntry(session, {
      request: { number },
      ask: { reason, reasonCategory, callerCheck },
      policy: to.policy,
      skipped,
    }),
  );
}

type Glass = NonNullable<Story["glass"]> & { usedEntryId: string };

/** What was told at its end, and what somebody said of it. */
export function recordGlassReview(
  to: Recorder,
  session: Told,
  visit: Visit,
  { by, at, comment, usedEntryId }: Glass,
): void {
  const asked = to
    .managersAt(session.startedAt)
    .filter(({ id }) => id !== session.actorId)
    .map(({ id }) => id);
  const dueAt = new Date(
    session.startedAt.getTime() + to.policy.breakGlass.reviewHours * 3_600_000,
  );
  const told = to.note(
    new Date(visit.endedAt.getTime() + 2600),
    to.byWorker,
    dueEntry(session, { asked, dueAt }, doneIn(visit), false),
  );
  const reviewed = to.note(at, to.staffAt(by, at), reviewedEntry(session, "as_expected", comment));
  to.tables.session_reviews_due.push({
    ...{ session_id: session.id, asked, since: session.startedAt, due_at: dueAt },
    ...{ used_entry_id: usedEntryId, told_entry_id: told, reviewed_at: at },
  });
  to.tables.session_reviews.push({
    ...{ id: newId(), session_id: session.id, reviewer_id: by, verdict: "as_expected", comment },
    ...{ reviewed_at: at, entry_id: reviewed },
  });
}

function doneIn({ startedAt, endedAt, deeds }: Visit): DoneIn {
  const of = (effect: string) =>
    deeds.filter((deed) => deed.phase === "write" && deed.effect === effect).length;
  return {
    seconds: Math.floor((endedAt.getTime() - startedAt.getTime()) / 1000),
    pages: deeds.filter(({ phase }) => phase === "view").length,
    ...{ data: of("data"), configuration: of("configuration") },
    ...{ messages: of("message"), exports: of("export") },
    refusals: deeds.filter(({ phase }) => phase === "refused").length,
  };
}
