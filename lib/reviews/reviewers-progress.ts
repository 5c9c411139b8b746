import { readAtOnce } from "#db/at-once.ts";
import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { countedItems, gone, open } from "./progress.ts";

export type ReviewerProgress = {
  reviewerId: string;
  name: string;
  /** Whether they may decide still: active, and a manager or of compliance. */
  able: boolean;
  deactivated: boolean;
  decided: number;
  toDecide: number;
  open: number;
  late: number;
  /** Median seconds on an item; null where none was timed. */
  seconds: number | null;
  /** The most decisions within one minute. */
  most: number;
  remindedAt: Date | null;
};
type Row = Omit<ReviewerProgress, "remindedAt"> & {
  remindedAt: string | null;
  place: number;
  of: number;
};

const fastest = 3;

/** Of the campaign `$1`, of one reviewer `$2` if any; the first `$3`, and the three who decided fastest. */
const text = `
  with paced as (
    select d.decided_by, d.seconds, count(*) over (partition by d.decided_by order by d.decided_at
      range between interval '1 minute' preceding and current row)::integer as within
    from review_decisions d join review_items i on i.id = d.item_id
    where i.campaign_id = $1::uuid and d.decided_by is not null),
  pace as (
    select decided_by, max(within) as most, percentile_cont(0.5) within group (order by seconds) as seconds
    from paced group by decided_by),
  counted as (
    select i.reviewer_id, count(*) filter (where i.ended_at is null and not (${gone}))::integer as "toDecide",
      count(i.decision)::integer as decided,
      count(*) filter (where ${open})::integer as open,
      count(*) filter (where ${open} and c.due_at <= clock_timestamp())::integer as late,
      bool_or(r.staff_id is not null) as able
    from ${countedItems} where c.id = $1::uuid and i.reviewer_id is not null
      and ($2::uuid is null or i.reviewer_id = $2::uuid) group by i.reviewer_id),
  ranked as (
    select n.*, s.name, s.status <> 'active' as deactivated, p.seconds, coalesce(p.most, 0) as most, count(*) over ()::integer as of,
      row_number() over (order by n.open desc, s.name, s.id)::integer as place,
      row_number() over (order by coalesce(p.most, 0) desc, s.id)::integer as fast
    from counted n join staff s on s.id = n.reviewer_id left join pace p on p.decided_by = n.reviewer_id)
  select n.reviewer_id as "reviewerId", n.name, n.able, n.deactivated, n.decided, n."toDecide", n.open, n.late,
    round(n.seconds)::integer as seconds, n.most, n.place, n.of,
    (select max(m.at)::text from review_reminders m where m.campaign_id = $1::uuid and m.reviewer_id = n.reviewer_id) as "remindedAt"
  from ranked n where n.place <= $3::integer or n.fast <= ${fastest} and n.most > 1 order by n.place`;

const byId = preparedStatement<Row>("review_reviewers", text);
const bySlug = preparedStatement<Row>(
  "review_reviewers_of",
  text.replaceAll("$1::uuid", "(select id from campaigns where slug = $1::text)"),
);

const read = ({ place: _, of: __, remindedAt, ...row }: Row): ReviewerProgress => ({
  ...row,
  remindedAt: remindedAt ? new Date(remindedAt) : null,
});

/** On whom a campaign waits, who has most open first; of one reviewer alone, where there is one. */
export const readReviewers = async (
  db: Reader,
  campaignId: string,
  reviewerId: string | null,
): Promise<ReviewerProgress[]> => (await byId(db, campaignId, reviewerId, 500)).map(read);

/** The first few of these, with how many there are in all, and those who decided fastest wherever they stand. */
export async function readFirstReviewers(
  ctx: Ctx,
  slug: string,
  reviewerId: string | null,
  count: number,
) {
  const rows = await readAtOnce(ctx, bySlug.part(slug, reviewerId, count));
  const first = rows.filter(({ place }) => place <= count);
  return {
    first: first.map(read),
    fastest: rows.toSorted((a, b) => b.most - a.most).map(read),
    of: rows[0]?.of ?? 0,
  };
}
