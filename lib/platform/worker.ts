import { flushCounted } from "#lib/audit/flush-counted.ts";
import { abandonOld } from "#lib/directory/abandon-old.ts";
import { sweepSeen } from "#lib/directory/seen.ts";
import { abandonExports } from "#lib/evidence/exports/abandon.ts";
import { askActors } from "#lib/findings/ask-actors.ts";
import { detect } from "#lib/findings/detect.ts";
import { endDue } from "#lib/impersonation/end-due.ts";
import { tellEnded, tellLate } from "#lib/impersonation/tell-ended.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { forgetSpent } from "#lib/limits/spend-token.ts";
import { sweepLimits } from "#lib/limits/sweep.ts";
import { lapseDueProposals } from "#lib/proposals/lapse-due.ts";
import { cancelSuspended } from "#lib/requests/cancel-suspended.ts";
import { lapseDue } from "#lib/requests/lapse.ts";
import { forgetLinks } from "#lib/requests/links.ts";
import { ringDue } from "#lib/requests/ring-due.ts";
import { ringLost } from "#lib/requests/ring-lost.ts";
import { carryOnClosings } from "#lib/reviews/carry-on-closings.ts";
import { openDue } from "#lib/reviews/open-due.ts";
import { passOnDue } from "#lib/reviews/pass-on.ts";
import { proveDue } from "#lib/reviews/prove.ts";
import { remindDue } from "#lib/reviews/remind.ts";
import { rollUp } from "#lib/usage/roll-up.ts";
import { database } from "./database.ts";

/**
 * One round of what time brings: endings, lapses, counted refusals. Any number of workers may run at once; none is
 * needed for a promise to hold (DESIGN §3), only for the entries to be there.
 */
export async function runDue(): Promise<void> {
  const ctx: Ctx = {
    db: database(),
    actor: { kind: "system", part: "worker" },
    ip: null,
    userAgent: null,
    requestId: newId(),
  };
  // What fails in one part must not keep the others from the record.
  const parts = [
    ringLost,
    endDue,
    tellWhatWasDone,
    tellWhatIsLate,
    // Before the lapses: what ended with its actor did not lapse.
    cancelSuspended,
    lapseDue,
    lapseDueProposals,
    proveDue,
    flushCounted,
    abandonOld,
    sweepSeen,
    forgetLimits,
    forgetSpent,
    forgetLinks,
    rollUpAll,
    findUnusual,
    askWhy,
    abandonExports,
    openDue,
    // Before the reminders, which go to whoever has the items then.
    passOnDue,
    remindDue,
    closeAsked,
  ];
  const failures: unknown[] = [];
  // First of all, and before each of the others, which may take long: somebody may have a customer on the line.
  for (const part of parts.flatMap((one) => [ringDue, one]))
    await part(ctx).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

const tellWhatWasDone = (ctx: Ctx): Promise<unknown> => tellEnded(ctx);
const tellWhatIsLate = (ctx: Ctx): Promise<unknown> => tellLate(ctx);
const rollUpAll = (ctx: Ctx): Promise<unknown> => rollUp(ctx);
const closeAsked = (ctx: Ctx): Promise<unknown> => carryOnClosings(ctx);
const forgetLimits = (ctx: Ctx): Promise<unknown> => sweepLimits(ctx.db);

/** The fault of a detector is told once everything else was looked at. */
async function findUnusual(ctx: Ctx): Promise<void> {
  const [fault] = (await detect(ctx)).faults;
  if (fault !== undefined) throw fault;
}
const askWhy = (ctx: Ctx): Promise<unknown> => askActors(ctx);
