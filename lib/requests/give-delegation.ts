import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { delegations } from "#db/schema/delegations.ts";
import { staff, staffRoles } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { reach } from "#lib/staff/rights.ts";
import type { DelegationInput } from "./delegation-schemas.ts";

const mostDays = 60;

/**
 * Says that somebody is away for some days, and who decides meanwhile; of others an admin does. Days are those of who is
 * away. What was asked before counts for nobody's delegate. Refuses with `not_allowed`, `not_found`, `conflict` where they
 * are away then already, or `invalid` with fields.
 */
export const giveDelegation = (
  ctx: Ctx<StaffActor>,
  input: DelegationInput,
): Promise<Result<{ delegationId: string }>> =>
  transact(
    ctx,
    { event: "delegation.refused", body: { person: input.personId ?? ctx.actor.id } },
    async (tx) => {
      const fromId = input.personId ?? ctx.actor.id;
      if (fromId !== ctx.actor.id && reach(ctx.actor, "be_away") !== "all")
        refuse("not_allowed", "Everybody says themselves when they are away, or an admin does.");
      const from = await decider(tx, fromId);
      if (!from) refuse("not_found", "Nobody here who decides on requests.");
      const to = input.toId ? await decider(tx, input.toId) : null;
      const invalid = (field: string, why: string): never =>
        refuse("invalid", "One answer needs another look.", { fields: { [field]: why } });
      if (input.toId && !to?.isManager) invalid("toId", "Choose an active manager.");
      if (to && !from.isManager)
        invalid("toId", "Only a manager’s own agents wait for a delegate: choose nobody.");
      if (to && to.personId === from.personId) invalid("toId", "Choose somebody else.");
      const days = await daysIn(tx, input, from.zone);
      if (days.isOver) invalid("lastDay", "This day is over.");
      if (days.count < 1) invalid("lastDay", "The last day comes before the first.");
      if (days.count > mostDays)
        invalid("lastDay", `At most ${mostDays} days. Say it again after that.`);

      const id = newId();
      const span =
        input.firstDay === input.lastDay ? input.firstDay : `${input.firstDay} to ${input.lastDay}`;
      const givenEntryId = await recordAudit(tx, ctx, {
        event: "delegation.given",
        body: {
          what: `${from.name} away, ${span}; ${to ? `${to.name} decides` : "other managers decide"} meanwhile`,
          delegation: id,
          person: from.id,
          name: from.name,
          delegate: to?.id ?? null,
          delegate_name: to?.name ?? null,
          first_day: input.firstDay,
          last_day: input.lastDay,
          reason: input.reason,
        },
      });
      await tx.insert(delegations).values({
        ...{ id, fromId, toId: to?.id ?? null, reason: input.reason, givenBy: ctx.actor.id },
        ...{ startsAt: new Date(days.startsAt), endsAt: new Date(days.endsAt), givenEntryId },
      });
      return { delegationId: id };
    },
  );

/** An active manager or somebody of compliance; null for everybody else. */
async function decider(tx: Transaction, id: string) {
  const held = await tx
    .select({
      ...{ id: staff.id, name: staff.name, zone: staff.zone, personId: staff.personId },
      role: staffRoles.role,
    })
    .from(staff)
    .innerJoin(staffRoles, eq(staffRoles.staffId, staff.id))
    .where(and(eq(staff.id, id), eq(staff.status, "active"), isNull(staffRoles.revokedAt)));
  const isManager = held.some(({ role }) => role === "manager");
  const [first] = held;
  if (!first || !(isManager || held.some(({ role }) => role === "compliance"))) return null;
  const { role: _, ...person } = first;
  return { ...person, isManager };
}

type Days = { startsAt: string; endsAt: string; count: number; isOver: boolean };

async function daysIn(tx: Transaction, { firstDay, lastDay }: DelegationInput, zone: string) {
  const { rows } = await tx.execute<Days>(sql`
    select greatest(clock_timestamp(), ${firstDay}::date::timestamp at time zone ${zone})::text as "startsAt",
      ((${lastDay}::date + 1)::timestamp at time zone ${zone})::text as "endsAt",
      ${lastDay}::date - ${firstDay}::date + 1 as count,
      ((${lastDay}::date + 1)::timestamp at time zone ${zone}) <= clock_timestamp() as "isOver"`);
  const [row] = rows;
  if (!row) throw new Error("The days were not counted");
  return row;
}
