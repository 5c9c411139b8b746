import { sql } from "drizzle-orm";
import { transaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { findingNumber } from "#lib/kernel/ids.ts";
import { type Peers, peersOf } from "#lib/usage/peers.ts";
import { daysAfter } from "#lib/usage/period.ts";
import { type Figures, personFigures } from "#lib/usage/person.ts";
import type { FindingView } from "./read-finding.ts";

export type Usual = { days: number; figures: Figures; peers: Peers | null };

const days = 30;

/**
 * What the actor and their team usually do, beside a finding: the 30 days before it. For compliance and their manager;
 * the look is an entry, one an hour. Null for others.
 */
export async function lookAtUsual(
  ctx: Ctx<StaffActor>,
  finding: FindingView,
): Promise<Usual | null> {
  if (!has(ctx.actor, "compliance") && !finding.standing.leads) return null;
  const { actor } = finding;
  const first = finding.firstAt.toISOString().slice(0, 10);
  const period = { firstDay: daysAfter(first, -days), lastDay: daysAfter(first, -1) };
  return transaction(ctx.db, async (tx) => {
    const { rows: before } = await tx.execute(sql`
      select from audit_entry e join audit_payload p on p.entry_id = e.id
      where e.actor_id = ${ctx.actor.id} and e.event = 'figures.read'
        and e.occurred_at > clock_timestamp() - interval '1 hour'
        and p.body::jsonb ->> 'finding' = ${finding.id} limit 1`);
    if (before.length === 0)
      await recordAudit(tx, ctx, {
        event: "figures.read",
        body: {
          what: `Looked at ${findingNumber(finding.number)} and the figures of ${actor.name}, ${period.firstDay} to ${period.lastDay}`,
          finding: finding.id,
          person: actor.id,
          name: actor.name,
          period: `${period.firstDay} to ${period.lastDay}`,
        },
      });
    const role = finding.detector === "quick_approval" ? "manager" : "agent";
    return {
      days,
      figures: await personFigures(tx, actor.id, period),
      peers: await peersOf(tx, { staffId: actor.id, role, team: actor.team }, period),
    };
  });
}
