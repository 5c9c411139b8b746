import { eq } from "drizzle-orm";
import { z } from "zod";
import { staffSignIns } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
import { lockPerson } from "#lib/staff/lock.ts";
import { may } from "#lib/staff/rights.ts";

export const inviteAgainSchema = z.object({ staffId: idSchema });

/**
 * Invites somebody by mail once more: the entry is what is told. Refuses with `not_allowed`, `not_found`, `own_record`,
 * `too_often`, and `conflict` where they are in already or were suspended.
 */
export async function inviteAgain(
  ctx: Ctx<StaffActor>,
  { staffId }: z.infer<typeof inviteAgainSchema>,
): Promise<Result<{ name: string }>> {
  if (may(ctx.actor, "change_settings")) {
    const often = await limited(ctx, "invitation_of_person", staffId);
    if (often) return { ok: false, error: often };
  }
  return transact(ctx, { event: "settings.refused", body: { person: staffId } }, async (tx) => {
    const { name, email, status, kind } = await lockPerson(tx, ctx.actor, staffId);
    if (status !== "active" || kind !== "person")
      refuse("conflict", `${name} cannot sign in, so there is nothing to invite them to.`);
    const [signIn] = await tx
      .select({ id: staffSignIns.id })
      .from(staffSignIns)
      .where(eq(staffSignIns.staffId, staffId))
      .limit(1);
    if (signIn) refuse("conflict", `${name} has signed in already.`);
    await recordAudit(tx, ctx, {
      event: "staff.invited",
      body: { what: `Invited ${name} by mail again`, person: staffId, name, email },
    });
    return { name };
  });
}
