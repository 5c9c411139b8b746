import { sql } from "drizzle-orm";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { requireChanger } from "#lib/staff/lock.ts";
import type { AddStaff } from "#lib/staff/schemas.ts";
import { changeRoles } from "./change-roles.ts";
import { requireFreshForRoles } from "./fresh.ts";
import { managerBy } from "./manager-of.ts";
import { proposeAdmin, splitAdmin } from "./propose-admin.ts";

/**
 * Puts somebody on the staff, with roles; they sign in by the company's sign-on, known by their e-mail, and are told so by
 * mail where they are invited. That they become an admin waits for a second one. Refuses with `not_allowed`,
 * `sign_in_again`, `second_person`, or `invalid` with fields (an e-mail that somebody has, a manager whom nobody knows).
 */
export const addStaff = (
  ctx: Ctx<StaffActor>,
  input: AddStaff,
): Promise<Result<{ staffId: string; name: string; proposed: number | null }>> =>
  transact(ctx, { event: "settings.refused", body: { email: input.email } }, async (tx) => {
    requireChanger(ctx.actor);
    await requireFreshForRoles(tx, ctx);
    const managerId = await managerBy(tx, input.managerEmail, null);
    const [taken] = await tx
      .select({ name: staff.name })
      .from(staff)
      .where(sql`lower(${staff.email}) = lower(${input.email})`);
    if (taken)
      refuse("invalid", "One answer needs another look.", {
        fields: { email: `${taken.name} has this e-mail.` },
      });
    const id = newId();
    const { name, email, team, zone, kind } = input;
    const changedEntryId = await recordAudit(tx, ctx, {
      event: "staff.added",
      body: {
        what: `Added ${name} to the staff`,
        person: id,
        name,
        email,
        team,
        zone,
        kind,
        managerId,
      },
    });
    await tx.insert(staff).values({ id, name, email, team, zone, kind, managerId, changedEntryId });
    const nobody = { id, name, email, roles: [], lookingOnly: false };
    const { now, admin } = splitAdmin(nobody, input);
    await changeRoles(tx, ctx, nobody, now);
    const proposed = admin
      ? await proposeAdmin(tx, ctx, nobody, now, `${name} is added to the staff as an admin.`)
      : null;
    if (input.invite && kind === "person")
      await recordAudit(tx, ctx, {
        event: "staff.invited",
        body: { what: `Invited ${name} by mail`, person: id, name, email },
      });
    return { staffId: id, name, proposed: proposed?.number ?? null };
  });
