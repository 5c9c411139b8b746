import { transaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { periodDays } from "#lib/kernel/days.ts";
import { findingNumber } from "#lib/kernel/ids.ts";
import { type Peers, peersOf } from "#lib/usage/peers.ts";
import { daysAfter } from "#lib/usage/period.ts";
import { type Figures, personFigures } from "#lib/usage/person.ts";
import type { FindingView } from "./read-finding.ts";

export type Usual = { days: number; figures: Figures; peers: Peers | null };

const days = 30;

/**
 * What the actor and their team usually do, beside a finding: the 30 days before it. For compliance and their manager,
 * each look an entry. Null for others, though they may dispose of it.
 */
export async function lookAtUsual(
  ctx: Ctx<StaffActor>,
  finding: FindingView,
): Promise<Usual | null> {
  if (!has(ctx.actor, "compliance") && finding.managerId !== ctx.actor.id) return null;
  const { actor } = finding;
  const first = finding.firstAt.toISOString().slice(0, 10);
  const period = { firstDay: daysAfter(first, -days), lastDay: daysAfter(first, -1) };
  return transaction(ctx.db, async (tx) => {
    await recordAudit(tx, ctx, {
      event: "figures.read",
      body: {
        what: `Looked at ${findingNumber(finding.number)} and the figures of ${actor.name}, ${periodDays(period.firstDay, period.lastDay)}`,
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
