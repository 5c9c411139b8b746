import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import { visibleText } from "#lib/findings/visible.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Reach, reach } from "#lib/staff/rights.ts";
import type { Detector } from "#lib/vocabulary.ts";

type Row = {
  number: number;
  detector: Detector;
  explanation: string;
  dueAt: string;
  actor: string;
  /** Whose turn it is; null: compliance's. */
  keeper: string | null;
};
type Found = { open: number; late: number; rows: Row[] };

const shown = 5;

/** What the reader `$2` may see, of the times of `days`. */
const text = (how: Reach, days: string) =>
  `with seen as materialized (
     select f.* from findings f join (${days}) c on f.last_at >= c.starts_at and f.first_at < c.ends_at
     where f.status = 'open' and ${visibleText(how, "$2")})
   select (select count(*)::integer from seen) as open,
     (select count(*)::integer from seen where due_at < clock_timestamp()) as late, (
     select coalesce(json_agg(r), '[]') from (
       select f.number, f.detector, f.explanation, f.due_at as "dueAt", s.name as actor,
         case when not same_person(m.id, f.actor_id) and same_person(m.id, f.other_id) is not true
           and exists (select from roles_held h where h.staff_id = m.id and h.role = 'manager') then m.name end as keeper
       from seen f join staff s on s.id = f.actor_id left join staff m on m.id = s.manager_id
       order by f.due_at, f.id limit ${shown}) r) as rows`;

const ofCampaign = (how: Reach) =>
  preparedStatement<Found>(
    `review_findings_${how}`,
    text(how, "select starts_at, ends_at from campaigns where slug = $1::text"),
  );
const ofTimes = (how: Reach) =>
  preparedStatement<Found>(
    `review_findings_times_${how}`,
    text(how, "select $1::timestamptz as starts_at, $3::timestamptz as ends_at"),
  );

export type ToDispose = Omit<Found, "rows"> & { rows: (Omit<Row, "dueAt"> & { dueAt: Date })[] };

/**
 * Open findings that this reader may see, how many and the nearest deadlines: of the review at an address, or of times, as
 * the population of a review counts them.
 */
export async function readToDispose(
  ctx: Ctx<StaffActor>,
  of: string | { startsAt: Date; endsAt: Date },
): Promise<ToDispose> {
  const { id } = ctx.actor;
  const how = reach(ctx.actor, "see_findings");
  const part =
    typeof of === "string"
      ? ofCampaign(how).part(of, id)
      : ofTimes(how).part(of.startsAt.toISOString(), id, of.endsAt.toISOString());
  const [found] = await readAtOnce(ctx, part);
  if (!found) throw new Error("A count has a row");
  return { ...found, rows: found.rows.map((row) => ({ ...row, dueAt: new Date(row.dueAt) })) };
}
