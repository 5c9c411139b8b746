import { eq, sql } from "drizzle-orm";
import { clock, type Transaction } from "#db/client.ts";
import { findings } from "#db/schema/findings.ts";
import { staff } from "#db/schema/staff.ts";
import { refuse } from "#lib/kernel/result.ts";

/** A finding under its lock, with how its reader stands to whom it is about, and the time after the lock. */
export async function lockFinding(tx: Transaction, id: string, readerId: string) {
  const [held] = await tx
    .select({ id: findings.id })
    .from(findings)
    .where(eq(findings.id, id))
    .for("update");
  if (!held) refuse("not_found", "Nothing here that you may see.");
  const [finding] = await tx
    .select({
      id: findings.id,
      number: findings.number,
      detector: findings.detector,
      actorId: findings.actorId,
      otherId: findings.otherId,
      actorName: staff.name,
      explanation: findings.explanation,
      evidence: findings.evidence,
      status: findings.status,
      askedAt: findings.askedAt,
      answeredAt: findings.answeredAt,
      standing: standingSql(readerId),
    })
    .from(findings)
    .innerJoin(staff, eq(staff.id, findings.actorId))
    .where(eq(findings.id, id));
  if (!finding) throw new Error("It was there under its lock");
  return { finding, at: await clock(tx) };
}

export type Standing = { isInvolved: boolean; reportsToThem: boolean; leads: boolean };

/** Beside `staff` as the finding's actor: what speaks for and against this reader's disposing of it. */
export const standingSql = (readerId: string) => sql<Standing>`json_build_object(
  'isInvolved', same_person(${readerId}::uuid, ${findings.actorId})
    or coalesce(same_person(${readerId}::uuid, ${findings.otherId}), false),
  'reportsToThem', person_reports_to(${readerId}::uuid, ${findings.actorId})
    or (${findings.otherId} is not null and person_reports_to(${readerId}::uuid, ${findings.otherId})),
  'leads', reports_to(${findings.actorId}, ${readerId}::uuid)
    or ${staff.team} = (select m.team from staff m where m.id = ${readerId}::uuid))`;
