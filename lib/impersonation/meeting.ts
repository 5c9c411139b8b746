import type { Reader } from "#db/client.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import type { Around, Verdict } from "./action-rules.ts";
import { dueCause, type LockedSession } from "./lock.ts";
import type { ReportedAction } from "./schemas.ts";
import { isUseDue } from "./touch.ts";

/** What happened in time is taken for this long after the end, since it may be told after it. */
const TOLD_AFTER_END_MS = 60_000;

/** What a report meets: the session as it was at `at`, and what that means for the rules. */
export function meeting(session: LockedSession, at: Date, exports: boolean) {
  const due = dueCause(session, at);
  const over = (session.endedAt ?? session.expiresAt).getTime() + TOLD_AFTER_END_MS;
  const around: Around = {
    scope: session.scope,
    active: session.endedAt === null && due === null,
    isTaken: at.getTime() <= over,
    exports,
  };
  return { session, at, due, around };
}
type Met = ReturnType<typeof meeting>;

/** Whether the policy in force lets an export be; not asked where nobody wants one. */
export const exportsAllowed = async (db: Reader, reported: ReportedAction[]): Promise<boolean> =>
  reported.some(({ effect }) => effect === "export") && (await currentPolicy(db)).exportsInWrite;

/** What is answered, and what is still to be done about the session. */
export const outcomeOf = ({ session, at, due, around: { active } }: Met, verdicts: Verdict[]) => ({
  active,
  due,
  at,
  verdicts,
  isUseDue: isUseDue(session, at),
});
export type Outcome = ReturnType<typeof outcomeOf>;
