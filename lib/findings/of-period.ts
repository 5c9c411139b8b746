import { and, asc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Reader } from "#db/client.ts";
import { findings } from "#db/schema/findings.ts";
import { staff } from "#db/schema/staff.ts";
import { type Cursor, readCursor, writeCursor } from "#lib/kernel/cursor.ts";
import { placeAt } from "#lib/kernel/keyset.ts";

export type Span = { startsAt: Date; endsAt: Date };

/** Of when the last of it happened. Rights are the caller's to check. */
export const within = ({ startsAt, endsAt }: Span) =>
  and(gte(findings.lastAt, startsAt), lt(findings.lastAt, endsAt));

/** Open findings about these people, by deadline: what a reviewer of their access must know. */
export const openFindingsOf = (db: Reader, staffIds: readonly string[], period: Span) =>
  staffIds.length === 0
    ? Promise.resolve([])
    : db
        .select({
          id: findings.id,
          number: findings.number,
          detector: findings.detector,
          actorId: findings.actorId,
          explanation: findings.explanation,
          lastAt: findings.lastAt,
          dueAt: findings.dueAt,
        })
        .from(findings)
        .where(
          and(
            eq(findings.status, "open"),
            inArray(findings.actorId, [...staffIds]),
            within(period),
          ),
        )
        .orderBy(asc(findings.dueAt), asc(findings.id));
export type OpenFinding = Awaited<ReturnType<typeof openFindingsOf>>[number];

const disposer = alias(staff, "disposer");
const other = alias(staff, "other");

/** All findings of a period, the oldest first, so many at a time: for evidence. `next` is where to go on, null at the end. */
export async function findingsOfPeriod(
  db: Reader,
  period: Span,
  after: string | null,
  limit = 500,
) {
  const from: Cursor | null = readCursor(after);
  const rows = await db
    .select({
      id: findings.id,
      number: findings.number,
      detector: findings.detector,
      explanation: findings.explanation,
      evidence: findings.evidence,
      actorId: findings.actorId,
      actorName: staff.name,
      actorEmail: staff.email,
      otherName: other.name,
      raisedAt: findings.raisedAt,
      firstAt: findings.firstAt,
      lastAt: findings.lastAt,
      dueAt: findings.dueAt,
      status: findings.status,
      askedAt: findings.askedAt,
      answeredAt: findings.answeredAt,
      answer: findings.answer,
      note: findings.note,
      disposedByName: disposer.name,
      disposedByEmail: disposer.email,
      disposedAt: findings.disposedAt,
      raisedEntryId: findings.raisedEntryId,
      disposedEntryId: findings.disposedEntryId,
      place: placeAt(findings.lastAt),
    })
    .from(findings)
    .innerJoin(staff, eq(staff.id, findings.actorId))
    .leftJoin(other, eq(other.id, findings.otherId))
    .leftJoin(disposer, eq(disposer.id, findings.disposedBy))
    .where(
      and(
        within(period),
        from
          ? sql`(${findings.lastAt}, ${findings.id}) > (${from.at}::timestamptz, ${from.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(findings.lastAt), asc(findings.id))
    .limit(limit);
  const last = rows.at(-1);
  return {
    rows: rows.map(({ place: _, ...row }) => row),
    next: last && rows.length === limit ? writeCursor({ at: last.place, id: last.id }) : null,
  };
}
export type PeriodFinding = Awaited<ReturnType<typeof findingsOfPeriod>>["rows"][number];
