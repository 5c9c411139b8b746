import { and, desc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { staffSignIns } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { signInHours, signInOver } from "./rules.ts";

export type Device = {
  /** The sign-in's id. */
  id: string;
  isThis: boolean;
  ip: string | null;
  userAgent: string | null;
  since: Date;
  activeAt: Date;
  how: "persona" | "issuer";
  /** When they proved who they are there; null where the issuer did not say. */
  provedAt: Date | null;
};

/** The actor's own sign-ins that are open at `at`, this one first, then the last used: 100 at most. */
export async function readDevices({ db, actor }: Ctx<StaffActor>, at: Date): Promise<Device[]> {
  const rows = await db
    .select({
      id: staffSignIns.id,
      isThis: sql<boolean>`${staffSignIns.id} = ${actor.signInId}::uuid`,
      ip: staffSignIns.ip,
      userAgent: staffSignIns.userAgent,
      createdAt: staffSignIns.createdAt,
      lastActiveAt: staffSignIns.lastActiveAt,
      endedAt: staffSignIns.endedAt,
      how: staffSignIns.how,
      authTime: staffSignIns.authTime,
      authSaid: staffSignIns.authSaid,
    })
    .from(staffSignIns)
    .where(
      and(
        eq(staffSignIns.staffId, actor.id),
        isNull(staffSignIns.endedAt),
        gt(staffSignIns.createdAt, new Date(at.getTime() - signInHours * 3_600_000)),
      ),
    )
    .orderBy(
      sql`${staffSignIns.id} = ${actor.signInId}::uuid desc`,
      desc(staffSignIns.lastActiveAt),
    )
    .limit(100);
  return rows
    .filter((row) => row.isThis || signInOver(row, at) === null)
    .map(({ createdAt, lastActiveAt, endedAt: _, authTime, authSaid, ...row }) => ({
      ...row,
      since: createdAt,
      activeAt: lastActiveAt,
      provedAt: authSaid ? authTime : null,
    }));
}

/**
 * Ends one of the actor's own sign-ins, or with null all of them but this. What hangs on them is over from then on. Refuses
 * with `not_found` where it is not theirs, `conflict` where it is this one, and `ended` where there is none.
 */
export const endDevices = (
  ctx: Ctx<StaffActor>,
  which: string | null,
): Promise<Result<{ signInIds: string[] }>> =>
  transact(ctx, { event: "sign_in.end_refused", body: { sign_in: which } }, async (tx) => {
    const { id, name, signInId } = ctx.actor;
    if (which === signInId)
      refuse("conflict", "This is the one that you are in: sign out instead.");
    const own = and(eq(staffSignIns.staffId, id), ne(staffSignIns.id, signInId));
    const named = which === null ? undefined : eq(staffSignIns.id, which);
    if (which !== null) {
      const [known] = await tx
        .select({ id: staffSignIns.id })
        .from(staffSignIns)
        .where(and(own, named));
      if (!known) refuse("not_found", "There is no such sign-in of yours.");
    }
    const ended = await tx
      .update(staffSignIns)
      .set({ endedAt: sql`clock_timestamp()`, endCause: "signed_out" })
      .where(and(own, named, isNull(staffSignIns.endedAt)))
      .returning({ id: staffSignIns.id });
    if (ended.length === 0) refuse("ended", "That sign-in was over before.");
    for (const one of ended)
      await recordAudit(tx, ctx, {
        event: "sign_in.ended",
        body: {
          what: `${name} ended another sign-in of theirs`,
          sign_in: one.id,
          cause: "signed_out",
          from: signInId,
        },
      });
    return { signInIds: ended.map((one) => one.id) };
  });
