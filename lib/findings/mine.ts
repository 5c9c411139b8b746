import { and, eq, isNotNull } from "drizzle-orm";
import { findings } from "#db/schema/findings.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { keyset, type PageInput, placeAt, toPage } from "#lib/kernel/keyset.ts";
import { isMeant, storedEvidence } from "./evidence.ts";
import { whatYouDid } from "./questions.ts";

/** What the reader was asked about, newest first; what others wrote about it is not in it. */
export async function readMine(ctx: Ctx<StaffActor>, input: PageInput, limit = 20) {
  const from = keyset(findings.lastAt, findings.id, input);
  const rows = await ctx.db
    .select({
      id: findings.id,
      number: findings.number,
      detector: findings.detector,
      evidence: findings.evidence,
      askedAt: findings.askedAt,
      answeredAt: findings.answeredAt,
      answer: findings.answer,
      status: findings.status,
      place: placeAt(findings.lastAt),
    })
    .from(findings)
    .where(and(eq(findings.actorId, ctx.actor.id), isNotNull(findings.askedAt), from.where))
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  const page = toPage(rows, limit, from);
  return {
    ...page,
    rows: page.rows.map(({ evidence: stored, ...row }) => {
      const evidence = storedEvidence.parse(stored);
      return {
        ...row,
        items: evidence.items.filter((item) => isMeant(row.detector, item)),
        what: whatYouDid(row.detector, evidence, ctx.actor.zone),
      };
    }),
  };
}
export type MyFinding = Awaited<ReturnType<typeof readMine>>["rows"][number];
