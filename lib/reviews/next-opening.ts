import { and, eq, isNull, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { staff, staffRoles } from "#db/schema/staff.ts";
import type { Day } from "#lib/kernel/days.ts";
import { currentPolicy } from "#lib/policy/policy.ts";

/** A quarter as times, where the company is. */
export type Quarter = { firstDay: Day; lastDay: Day; startsAt: Date; endsAt: Date; zone: string };

/** The quarter that runs now, or the one with these days. */
export async function readQuarter(
  db: Reader,
  days: { firstDay: Day; lastDay: Day } | null,
): Promise<Quarter> {
  const { zone } = await currentPolicy(db);
  const first = days
    ? sql`${days.firstDay}::date`
    : sql`date_trunc('quarter', clock_timestamp() at time zone ${zone})::date`;
  const { rows } = await db.execute<{ first: Day; last: Day; starts: string; ends: string }>(sql`
    select first::text, (next - 1)::text as last, day_begins(first, ${zone})::text as starts, day_begins(next, ${zone})::text as ends
    from (select ${first} as first) f, lateral (select (first + interval '3 months')::date as next) n`);
  const [row] = rows;
  if (!row) throw new Error("No quarter");
  const times = { startsAt: new Date(row.starts), endsAt: new Date(row.ends) };
  return { firstDay: row.first, lastDay: row.last, ...times, zone };
}

/** How many grants a review of this period would hold if it opened now. */
export async function countSoFar(db: Reader, { startsAt, endsAt }: Quarter) {
  const { rows } = await db.execute<{ grants: number; people: number }>(sql`
    select count(*)::integer as grants, count(distinct staff_id)::integer as people from ${staffRoles}
    where granted_at < least(${endsAt.toISOString()}::timestamptz, clock_timestamp())
      and (revoked_at is null or revoked_at > ${startsAt.toISOString()}::timestamptz)`);
  return rows[0] ?? { grants: 0, people: 0 };
}

/** Who may review at all: people who are active managers, then compliance. */
export const readReviewerChoices = (db: Reader) =>
  db
    .selectDistinct({ id: staff.id, name: staff.name, team: staff.team, role: staffRoles.role })
    .from(staffRoles)
    .innerJoin(staff, eq(staff.id, staffRoles.staffId))
    .where(
      and(
        isNull(staffRoles.revokedAt),
        eq(staff.status, "active"),
        eq(staff.kind, "person"),
        sql`${staffRoles.role} in ('manager', 'compliance')`,
      ),
    )
    .orderBy(sql`${staffRoles.role} desc`, staff.name)
    .limit(500);
