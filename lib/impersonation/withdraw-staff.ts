import { and, eq, isNull, sql } from "drizzle-orm";
import { staff, staffSignIns } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { cancelOpenOf } from "#lib/requests/cancel-open-of.ts";
import { endStandingOf, lockStandingOf } from "#lib/requests/end-standing-of.ts";
import { lockPerson, requireChanger } from "#lib/staff/lock.ts";
import type { Standing } from "#lib/staff/schemas.ts";
import { endLiveOf } from "./end-live-of.ts";

/**
 * Suspends somebody: signed out everywhere and out of the customer's account, at once; what they ask is cancelled, what stands for them
 * ends, and what they voted for is void, since a vote counts only while its voter may vote, and stays so when they are let in again.
 * What they did stays on record, and so do their roles, which count for nothing meanwhile. Refuses with `not_allowed`, `not_found`, `own_record`, or `ended` when
 * they were suspended before.
 */
export async function withdrawStaff(
  ctx: Ctx<StaffActor>,
  { staffId, reason }: Standing,
): Promise<Result<{ staffId: string; name: string }>> {
  const done = await lastly(() =>
    transact(ctx, refusedFor(staffId), async (tx) => {
      requireChanger(ctx.actor);
      await lockStandingOf(tx, staffId);
      const person = await lockPerson(tx, ctx.actor, staffId);
      if (person.status !== "active") refuse("ended", `${person.name} was suspended before.`);
      const changedEntryId = await recordAudit(tx, ctx, {
        event: "staff.withdrawn",
        body: { what: `Suspended ${person.name}`, person: staffId, name: person.name, reason },
      });
      await tx
        .update(staff)
        .set({ status: "deactivated", deactivatedAt: sql`clock_timestamp()`, changedEntryId })
        .where(eq(staff.id, staffId));
      await endStandingOf(tx, ctx, staffId);
      await tx
        .update(staffSignIns)
        .set({ endedAt: sql`clock_timestamp()`, endCause: "withdrawn" })
        .where(and(eq(staffSignIns.staffId, staffId), isNull(staffSignIns.endedAt)));
      return { staffId, name: person.name };
    }),
  );
  // It is over already, and nothing of theirs can start. What cannot be written now is left to the worker: their session's
  // ending, and that their requests are cancelled (`cancelSuspended`).
  if (done.ok) {
    await endLiveOf(ctx, staffId).catch(() => {});
    await cancelOpenOf(ctx, staffId, `${done.value.name} was suspended`).catch(() => {});
  }
  return done;
}

/**
 * What they ask at the same moment takes the same rows in another order, and of the two either may be given up: not this one,
 * since who is suspended must not be able to keep it off by asking. Each try that was given up is on record.
 */
async function lastly<T>(run: () => Promise<Result<T>>): Promise<Result<T>> {
  let done = await run();
  for (let tries = 1; tries < 4 && !done.ok && done.error.code === "conflict"; tries += 1)
    done = await run();
  return done;
}

const refusedFor = (person: string) => ({ event: "settings.refused" as const, body: { person } });
