import { and, desc, eq, gte, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import { subjects } from "#db/schema/directory.ts";
import { findings } from "#db/schema/findings.ts";
import { actions, requests, sessions } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import { scopeNow } from "./scope-now.ts";

const DAY_MS = 24 * 3_600_000;
const weighedRow = z.object({ median: z.number().nullable(), findings: z.int() });

/** What an approver weighs: this actor's sessions with this account in the last 90 days, and who else was there. */
export async function readHistory(
  db: Reader,
  of: { actorId: string; accountId: string; subjectId: string },
  at: Date,
) {
  const since = new Date(at.getTime() - 90 * DAY_MS);
  const mine = and(
    eq(sessions.actorId, of.actorId),
    eq(sessions.accountId, of.accountId),
    gte(sessions.startedAt, since),
  );
  const acted = (phase: string) =>
    sql<number>`coalesce(sum((select count(*) from ${actions} a where a.session_id = ${sessions.id} and a.phase = ${phase})), 0)`.mapWith(
      Number,
    );
  const [sums] = await db
    .select({
      sessions: sql<number>`count(*)`.mapWith(Number),
      asSubject:
        sql<number>`count(*) filter (where ${sessions.subjectId} = ${of.subjectId})`.mapWith(
          Number,
        ),
      lastAsSubject: sql<
        string | null
      >`max(${sessions.startedAt}) filter (where ${sessions.subjectId} = ${of.subjectId})`,
      writes: acted("attempt"),
      refusals: acted("refused"),
    })
    .from(sessions)
    .where(mine);
  const { rows: weighed } = await db.execute(
    sql`select
        (select percentile_cont(0.5) within group (order by n) from (
          select count(*) as n from ${sessions} join ${staff} on ${staff.id} = ${sessions.actorId}
          where ${sessions.accountId} = ${of.accountId} and ${sessions.startedAt} >= ${since.toISOString()}
            and ${staff.team} = (select team from ${staff} where id = ${of.actorId})
          group by ${sessions.actorId}) per) as median,
        (select count(*)::integer from ${findings} where ${findings.actorId} = ${of.actorId}
          and ${findings.lastAt} >= ${since.toISOString()}) as findings`,
  );
  const { median, findings: found } = weighedRow.parse(weighed[0]);
  const recent = await db
    .select({
      id: sessions.id,
      number: sessions.number,
      startedAt: sessions.startedAt,
      endedAt: sessions.endedAt,
      scope: scopeNow,
      minutes: sessions.minutes,
      subjectName: subjects.name,
      ticket: requests.ticket,
    })
    .from(sessions)
    .innerJoin(requests, eq(requests.id, sessions.requestId))
    .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
    .where(mine)
    .orderBy(desc(sessions.startedAt), desc(sessions.id))
    .limit(5);
  const others = await db
    .select({
      id: sessions.id,
      actorName: staff.name,
      subjectName: subjects.name,
      scope: scopeNow,
      startedAt: sessions.startedAt,
      endedAt: sessions.endedAt,
      ticket: requests.ticket,
    })
    .from(sessions)
    .innerJoin(requests, eq(requests.id, sessions.requestId))
    .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
    .innerJoin(staff, eq(staff.id, sessions.actorId))
    .where(
      and(
        eq(sessions.accountId, of.accountId),
        ne(sessions.actorId, of.actorId),
        gte(sessions.startedAt, new Date(at.getTime() - 7 * DAY_MS)),
      ),
    )
    .orderBy(desc(sessions.startedAt))
    .limit(5);
  const [live] = await db
    .select({ n: sql<number>`count(*)`.mapWith(Number) })
    .from(sessions)
    .where(
      and(
        eq(sessions.accountId, of.accountId),
        isNull(sessions.endedAt),
        sql`${sessions.expiresAt} > clock_timestamp()`,
      ),
    );
  const last = sums?.lastAsSubject ? new Date(sums.lastAsSubject) : null;
  return {
    sessions: sums?.sessions ?? 0,
    asSubject: sums?.asSubject ?? 0,
    lastAsSubject: last,
    writes: sums?.writes ?? 0,
    refusals: sums?.refusals ?? 0,
    /** Of those of the actor's team who stood in here; null: nobody did. */
    teamMedian: median,
    /** About the actor, at whatever account. */
    findings: found,
    recent,
    others,
    liveOnAccount: live?.n ?? 0,
  };
}

/** How often anybody stood in for this person in 90 days, and the reader's own last time. */
export async function readStoodInFor(db: Reader, subjectId: string, actorId: string, at: Date) {
  const [row] = await db
    .select({
      times: sql<number>`count(*)`.mapWith(Number),
      last: sql<string | null>`max(${sessions.startedAt})`,
      ownLast: sql<
        string | null
      >`max(${sessions.startedAt}) filter (where ${sessions.actorId} = ${actorId})`,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.subjectId, subjectId),
        gte(sessions.startedAt, new Date(at.getTime() - 90 * DAY_MS)),
      ),
    );
  return {
    times: row?.times ?? 0,
    last: row?.last ? new Date(row.last) : null,
    ownLast: row?.ownLast ? new Date(row.ownLast) : null,
  };
}
