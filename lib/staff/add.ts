import { sql } from "drizzle-orm";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { changeRoles } from "./change-roles.ts";
import { requireChanger } from "./lock.ts";
import { managerBy } from "./manager-of.ts";
import type { AddStaff } from "./schemas.ts";

/**
 * Puts somebody on the staff, with roles; they sign in by the company's sign-on, known by their e-mail. Refuses with
 * `not_allowed`, or `invalid` with fields (an e-mail that somebody has, a manager whom nobody knows).
 */
export const addStaff = (
  ctx: Ctx<StaffActor>,
  input: AddStaff,
): Promise<Result<{ staffId: string; name: string }>> =>
  transact(ctx, { event: "settings.refused", body: { email: input.email } }, async (tx) => {
    requireChanger(ctx.actor);
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
    await changeRoles(tx, ctx, { id, name, roles: [], lookingOnly: false }, input);
    return { staffId: id, name };
  });
