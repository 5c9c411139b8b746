import { eq } from "drizzle-orm";
import { clock, transaction } from "#db/client.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { recordRefusal } from "#lib/audit/transact.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { periodDays } from "#lib/kernel/days.ts";
import { ok, type Refusal, type Result } from "#lib/kernel/result.ts";
import type { Period } from "./period.ts";
import { type Figures, personFigures } from "./person.ts";

const notFound: Refusal = {
  code: "not_found",
  message: "Nothing here that you may see. It does not exist, or it is not yours.",
};

export type PersonLook = { name: string; team: string; figures: Figures[]; at: Date };

/**
 * One person's figures in some periods, for that person, their manager and compliance; each look is an entry. Refuses anybody else with
 * `not_found`. A page with an entry of its own for the look reads `personFigures`.
 */
export async function lookAtPerson(
  ctx: Ctx<StaffActor>,
  staffId: string,
  periods: readonly Period[],
): Promise<Result<PersonLook>> {
  const [person] = await ctx.db
    .select({ name: staff.name, team: staff.team, managerId: staff.managerId })
    .from(staff)
    .where(eq(staff.id, staffId));
  const mayLook =
    staffId === ctx.actor.id || person?.managerId === ctx.actor.id || has(ctx.actor, "compliance");
  if (!person || !mayLook) {
    await recordRefusal(ctx, { event: "page.refused", body: { person: staffId } }, notFound);
    return { ok: false, error: notFound };
  }
  const { name, team } = person;
  const days = periods.map(({ firstDay, lastDay }) => `${firstDay} to ${lastDay}`).join(", ");
  return transaction(ctx.db, async (tx) => {
    const figures: Figures[] = [];
    for (const period of periods) figures.push(await personFigures(tx, staffId, period));
    await recordAudit(tx, ctx, {
      event: "figures.read",
      body: {
        what: `Looked at the figures of ${name}, ${periods.map(({ firstDay, lastDay }) => periodDays(firstDay, lastDay)).join(" and ")}`,
        person: staffId,
        name,
        period: days,
      },
    });
    return ok({ name, team, figures, at: await clock(tx) });
  });
}
