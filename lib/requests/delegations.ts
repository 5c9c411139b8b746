import { desc, eq, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { delegations } from "#db/schema/delegations.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { reach } from "#lib/staff/rights.ts";

const [from, to] = [alias(staff, "away"), alias(staff, "delegate")];

export type Absence = Awaited<ReturnType<typeof readAbsences>>[number];

/** Absences that are the reader's, from either side, and everybody's to who may say them of others; the latest first. */
export const readAbsences = (ctx: Ctx<StaffActor>, limit = 50) =>
  ctx.db
    .select({
      id: delegations.id,
      from: { id: from.id, name: from.name },
      to: { id: to.id, name: to.name },
      startsAt: delegations.startsAt,
      endsAt: delegations.endsAt,
      endedAt: delegations.endedAt,
      reason: delegations.reason,
      isOpen: sql<boolean>`${delegations.endedAt} is null and ${delegations.endsAt} > clock_timestamp()`,
      isNow: sql<boolean>`${delegations.endedAt} is null and clock_timestamp() between ${delegations.startsAt} and ${delegations.endsAt}`,
    })
    .from(delegations)
    .innerJoin(from, eq(from.id, delegations.fromId))
    .leftJoin(to, eq(to.id, delegations.toId))
    .where(
      reach(ctx.actor, "be_away") === "all"
        ? undefined
        : or(eq(delegations.fromId, ctx.actor.id), eq(delegations.toId, ctx.actor.id)),
    )
    .orderBy(desc(delegations.startsAt), desc(delegations.id))
    .limit(limit);

export type Decider = { id: string; name: string; isManager: boolean };

/** Everybody who decides on requests: managers and compliance, by name. */
export async function readDeciders(ctx: Ctx<StaffActor>): Promise<Decider[]> {
  const { rows } = await ctx.db.execute<Decider>(sql`
    select s.id, s.name, bool_or(h.role = 'manager') as "isManager"
    from staff s join roles_held h on h.staff_id = s.id
    where h.role in ('manager', 'compliance') and s.kind = 'person'
    group by s.id, s.name order by s.name, s.id limit 500`);
  return rows;
}

/** Whether somebody is away from deciding at a moment of the database's clock; for a query over staff. */
export const isAwaySql = (id: typeof staff.id) => sql<boolean>`is_away(${id}, clock_timestamp())`;
