import { readAtOnce } from "#db/at-once.ts";
import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { countedOf, countOf, itemsOf, noProgress, type Progress } from "./progress.ts";

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

/** Of the campaign `$1`: who of its items' reviewers is how far, as `ranked`. */
const ranked = (which: string) => `paced as (
    select d.decided_by, d.seconds, count(*) over (partition by d.decided_by order by d.decided_at
      range between interval '1 minute' preceding and current row)::integer as within
    from review_decisions d join review_items i on i.id = d.item_id
    where i.campaign_id = $1::uuid and d.decided_by is not null),
  pace as (
    select decided_by, max(within) as most, percentile_cont(0.5) within group (order by seconds) as seconds
    from paced group by decided_by),
  ${itemsOf(`c.id = $1::uuid and ${which}`)},
  counted as (
    select reviewer_id, ${countOf("not ended and not gone")} as "toDecide",
      ${countOf("decision is not null")} as decided,
      ${countOf("open")} as open,
      ${countOf("open and is_late")} as late,
      bool_or(able) as able
    from items where reviewer_id is not null group by reviewer_id),
  ranked as (
    select n.*, s.name, s.status <> 'active' as deactivated, p.seconds, coalesce(p.most, 0) as most, count(*) over ()::integer as of,
      row_number() over (order by n.open desc, s.name, s.id)::integer as place,
      row_number() over (order by coalesce(p.most, 0) desc, s.id)::integer as fast
    from counted n join staff s on s.id = n.reviewer_id left join pace p on p.decided_by = n.reviewer_id)`;

const shown = `select n.reviewer_id as "reviewerId", n.name, n.able, n.deactivated, n.decided, n."toDecide", n.open, n.late,
    round(n.seconds)::integer as seconds, n.most, n.place, n.of,
    (select max(m.at)::text from review_reminders m where m.campaign_id = $1::uuid and m.reviewer_id = n.reviewer_id) as "remindedAt"
  from ranked n where n.place <= $2::integer or n.fast <= ${fastest} and n.most > 1 order by n.place`;

const byId = preparedStatement<Row>("review_reviewers", `with ${ranked("true")} ${shown}`);
const byIdOf = preparedStatement<Row>(
  "review_reviewers_one",
  `with ${ranked("i.reviewer_id = $3::uuid")} ${shown}`,
);
/** Both from the same items, which are read once. */
const glance = preparedStatement<{ progress: Progress; reviewers: Row[] }>(
  "review_glance",
  `with ${ranked("true")}
   select (select row_to_json(p) from (select ${countedOf} from items) p) as progress,
     (select coalesce(json_agg(r), '[]') from (${shown}) r) as reviewers`.replaceAll(
    "$1::uuid",
    "(select id from campaigns where slug = $1::text)",
  ),
);

const read = ({ place: _, of: __, remindedAt, ...row }: Row): ReviewerProgress => ({
  ...row,
  remindedAt: remindedAt ? new Date(remindedAt) : null,
});

const most = 500;

/** On whom a campaign waits, who has most open first; of one reviewer alone, where there is one. */
export async function readReviewers(
  db: Reader,
  campaignId: string,
  reviewerId: string | null,
): Promise<ReviewerProgress[]> {
  const rows = reviewerId
    ? await byIdOf(db, campaignId, most, reviewerId)
    : await byId(db, campaignId, most);
  return rows.map(read);
}

/**
 * How far a campaign is and on whom it waits: the first few, with how many there are in all, and those who decided fastest
 * wherever they stand.
 */
export async function readGlance(ctx: Ctx, slug: string, count: number) {
  const [found] = await readAtOnce(ctx, glance.part(slug, count));
  const rows = found?.reviewers ?? [];
  return {
    progress: found?.progress ?? noProgress,
    first: rows.filter(({ place }) => place <= count).map(read),
    fastest: rows.toSorted((a, b) => b.most - a.most).map(read),
    of: rows[0]?.of ?? 0,
  };
}
export type Glance = Awaited<ReturnType<typeof readGlance>>;
