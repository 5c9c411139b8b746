import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { clock, transaction } from "#db/client.ts";
import { findings } from "#db/schema/findings.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { findingNumber } from "#lib/kernel/ids.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { storedEvidence } from "./evidence.ts";
import { questionOf } from "./questions.ts";
import { wallClock } from "./spoken-time.ts";

const evening = { from: 17, to: 20 };
/** Somebody who was away is asked when they are back, but not about what is long past. */
const longestMs = 3 * 86_400_000;

/** Whether it is the evening of a zone: when people are asked. */
export const isEvening = (at: Date, zone: string): boolean => {
  const { hour } = wallClock(at.getTime(), zone);
  return hour >= evening.from && hour < evening.to;
};

/**
 * The worker's part: asks whom a finding is about to say why, once, the same evening of their own zone. The entry is the
 * notice; `/findings/mine` shows it. `at` is the database's time unless a test says otherwise. Gives how many were asked.
 */
export async function askActors(ctx: Ctx, at?: Date): Promise<number> {
  const now = at ?? (await clock(ctx.db));
  const waiting = await ctx.db
    .select({ id: findings.id, zone: staff.zone })
    .from(findings)
    .innerJoin(staff, eq(staff.id, findings.actorId))
    .where(
      and(
        eq(findings.status, "open"),
        isNull(findings.askedAt),
        gt(findings.raisedAt, new Date(now.getTime() - longestMs)),
        sql`exists (select from roles_held h where h.staff_id = ${staff.id} and h.role in ('agent', 'manager'))`,
      ),
    )
    .orderBy(asc(findings.raisedAt))
    .limit(500);
  const due = waiting.filter(({ zone }) => isEvening(now, zone));
  if (due.length === 0 || !(await currentPolicy(ctx.db)).findings.askActor) return 0;
  let asked = 0;
  for (const { id } of due) asked += Number(await ask(ctx, id));
  return asked;
}

/** What another worker is at, or somebody disposed of meanwhile, is left. */
const ask = (ctx: Ctx, id: string): Promise<boolean> =>
  transaction(ctx.db, async (tx) => {
    const [finding] = await tx
      .select()
      .from(findings)
      .where(and(eq(findings.id, id), eq(findings.status, "open"), isNull(findings.askedAt)))
      .for("update", { skipLocked: true });
    if (!finding) return false;
    const [actor] = await tx
      .select({ name: staff.name, zone: staff.zone })
      .from(staff)
      .where(eq(staff.id, finding.actorId));
    if (!actor) throw new Error("A finding is about somebody of the staff");
    const number = findingNumber(finding.number);
    const question = questionOf(
      finding.detector,
      storedEvidence.parse(finding.evidence),
      actor.zone,
    );
    const entryId = await recordAudit(tx, ctx, {
      event: "finding.asked",
      actorId: finding.actorId,
      body: {
        what: `Asked ${actor.name} about ${number}: “${question}”`,
        finding: finding.id,
        number,
        question,
      },
    });
    await tx
      .update(findings)
      .set({ askedAt: await clock(tx), changedEntryId: entryId })
      .where(eq(findings.id, id));
    return true;
  });
