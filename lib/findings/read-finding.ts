import { and, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { clock } from "#db/client.ts";
import { findings } from "#db/schema/findings.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { storedEvidence } from "./evidence.ts";
import { keeperSql, manager } from "./keeper.ts";
import { standingSql } from "./lock.ts";
import { disposalRefusal } from "./rules.ts";
import { visible } from "./visible.ts";

const other = alias(staff, "other");
const disposer = alias(staff, "disposer");

/** One finding with all that is to be known of it; null for who may not see it. */
export async function readFinding(ctx: Ctx<StaffActor>, number: number) {
  const [row] = await ctx.db
    .select({
      id: findings.id,
      number: findings.number,
      detector: findings.detector,
      explanation: findings.explanation,
      evidence: findings.evidence,
      status: findings.status,
      raisedAt: findings.raisedAt,
      firstAt: findings.firstAt,
      lastAt: findings.lastAt,
      dueAt: findings.dueAt,
      askedAt: findings.askedAt,
      answeredAt: findings.answeredAt,
      answer: findings.answer,
      note: findings.note,
      disposedAt: findings.disposedAt,
      disposedBy: disposer.name,
      actor: { id: staff.id, name: staff.name, team: staff.team, zone: staff.zone },
      manager: manager.name,
      managerId: staff.managerId,
      keeper: keeperSql,
      other: { id: other.id, name: other.name },
      standing: standingSql(ctx.actor.id),
    })
    .from(findings)
    .innerJoin(staff, eq(staff.id, findings.actorId))
    .leftJoin(manager, eq(manager.id, staff.managerId))
    .leftJoin(other, eq(other.id, findings.otherId))
    .leftJoin(disposer, eq(disposer.id, findings.disposedBy))
    .where(and(eq(findings.number, number), await visible(ctx)));
  if (!row) return null;
  const { standing, ...finding } = row;
  return {
    ...finding,
    evidence: storedEvidence.parse(finding.evidence),
    standing,
    refusal: disposalRefusal(ctx.actor, standing),
    at: await clock(ctx.db),
  };
}
export type FindingView = NonNullable<Awaited<ReturnType<typeof readFinding>>>;
