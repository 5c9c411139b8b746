import { z } from "zod";
import { breadthLifts } from "#db/schema/limits.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema, newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { sentence } from "#lib/kernel/sentence.ts";
import { readStaff } from "#lib/staff/queries.ts";
import { readBreadth } from "./breadth.ts";

export const liftSchema = z.object({
  actorId: idSchema,
  reason: sentence("Say in 10 to 500 characters why more people than usual are needed.", 500),
});
export type LiftInput = z.infer<typeof liftSchema>;
export type Lifted = { actorId: string; name: string; until: string };

/**
 * A manager lets one agent stand in for more people than the policy allows, for a day from now. Who may is who could
 * vote on that agent's requests; the schema checks it again and sets the times. Refuses with `not_approver`,
 * `own_request`, `reports_to_actor`, `not_found`, or `already_decided` while a lift is in force.
 */
export const liftBreadth = (ctx: Ctx<StaffActor>, input: LiftInput): Promise<Result<Lifted>> =>
  transact(
    ctx,
    { event: "breadth.lift_refused", body: { agent_id: input.actorId, reason: input.reason } },
    async (tx) => {
      if (!has(ctx.actor, "manager")) refuse("not_approver", "Only managers lift this limit.");
      if (input.actorId === ctx.actor.id)
        refuse("own_request", "You cannot lift your own limit. Another manager can.");
      const agent = await readStaff(tx, input.actorId);
      if (agent?.status !== "active" || !agent.roles.includes("agent"))
        refuse("not_found", "Nobody here whose limit you may lift.");
      const { hour, day } = await readBreadth(tx, agent.id, null);
      const entryId = await recordAudit(tx, ctx, {
        event: "breadth.lifted",
        body: {
          what: `Lifted for a day how many people ${agent.name} may stand in for: “${input.reason}”`,
          agent: agent.name,
          agent_id: agent.id,
          reason: input.reason,
          within_an_hour: hour,
          within_a_day: day,
        },
      });
      const [lift] = await tx
        .insert(breadthLifts)
        .values({
          id: newId(),
          actorId: agent.id,
          liftedBy: ctx.actor.id,
          reason: input.reason,
          entryId,
        })
        .returning({ endsAt: breadthLifts.endsAt });
      if (!lift) throw new Error("The lift was not stored");
      return { actorId: agent.id, name: agent.name, until: lift.endsAt.toISOString() };
    },
  );
