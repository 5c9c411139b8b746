import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";

export type Progress = {
  items: number;
  keep: number;
  change: number;
  revoke: number;
  /** Of change and revoke: carried out and proved. */
  proved: number;
  excepted: number;
  ended: number;
  /** Taken after the opening, outside of the review, before anybody decided. */
  gone: number;
  /** Undecided, and in time. */
  open: number;
  /** Undecided after the due date. */
  late: number;
  /** Undecided without a reviewer: everybody has a conflict. */
  unassigned: number;
  /** These, and what waits for somebody who was deactivated or lost the role: nobody can decide it now. */
  nobodys: number;
};

/** Counted columns of items `i` of campaigns `c`, with the exceptions `x`. */
const open =
  "i.decision is null and i.ended_at is null and x.id is null and c.status = 'open' and grant_held(i.grant_id)";
const gone =
  "i.decision is null and i.ended_at is null and x.id is null and not grant_held(i.grant_id)";
const counted = `count(*)::integer as items,
  count(*) filter (where i.decision = 'keep')::integer as keep,
  count(*) filter (where i.decision = 'change')::integer as change,
  count(*) filter (where i.decision = 'revoke')::integer as revoke,
  count(*) filter (where i.decision in ('change', 'revoke') and i.remediated_at is not null)::integer as proved,
  count(*) filter (where x.id is not null and i.decision is null)::integer as excepted,
  count(*) filter (where i.ended_at is not null)::integer as ended,
  count(*) filter (where ${gone})::integer as gone,
  count(*) filter (where ${open} and c.due_at > clock_timestamp())::integer as open,
  count(*) filter (where ${open} and c.due_at <= clock_timestamp())::integer as late,
  count(*) filter (where ${open} and i.reviewer_id is null)::integer as unassigned,
  count(*) filter (where ${open} and (i.reviewer_id is null
    or not holds_role(i.reviewer_id, 'manager') and not holds_role(i.reviewer_id, 'compliance')))::integer as nobodys`;

const of = `review_items i join campaigns c on c.id = i.campaign_id left join standing_exceptions x on x.item_id = i.id`;

/** How far each of these campaigns is; of one reviewer's items alone, where there is one. */
export async function readProgress(
  db: Reader,
  campaignIds: readonly string[],
  reviewerId: string | null,
): Promise<Map<string, Progress>> {
  if (campaignIds.length === 0) return new Map();
  const mine = reviewerId ? sql`and i.reviewer_id = ${reviewerId}::uuid` : sql``;
  const { rows } = await db.execute<Progress & { id: string }>(
    sql`select c.id, ${sql.raw(counted)} from ${sql.raw(of)}
      where c.id = any(${sql.param(campaignIds)}::uuid[]) ${mine} group by c.id`,
  );
  return new Map(rows.map(({ id, ...progress }) => [id, progress]));
}

export const noProgress: Progress = {
  ...{ items: 0, keep: 0, change: 0, revoke: 0, proved: 0, excepted: 0, ended: 0 },
  gone: 0,
  ...{ open: 0, late: 0, unassigned: 0, nobodys: 0 },
};

export const decidedOf = (p: Progress): number => p.keep + p.change + p.revoke;
/** What there is to decide: without what had ended before, or was taken meanwhile. */
export const toDecideOf = (p: Progress): number => p.items - p.ended - p.gone;

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

/** On whom a campaign waits, who has most open first; of one reviewer alone, where there is one. */
export async function readReviewers(
  db: Reader,
  campaignId: string,
  reviewerId: string | null,
): Promise<ReviewerProgress[]> {
  const mine = reviewerId ? sql`and i.reviewer_id = ${reviewerId}::uuid` : sql``;
  const { rows } = await db.execute<
    Omit<ReviewerProgress, "remindedAt"> & { remindedAt: string | null }
  >(sql`
    with paced as (
      select d.decided_by, d.seconds, count(*) over (partition by d.decided_by order by d.decided_at
        range between interval '1 minute' preceding and current row)::integer as within
      from review_decisions d join review_items i on i.id = d.item_id
      where i.campaign_id = ${campaignId}::uuid and d.decided_by is not null),
    pace as (
      select decided_by, max(within) as most, percentile_cont(0.5) within group (order by seconds) as seconds
      from paced group by decided_by),
    counted as (
      select i.reviewer_id, count(*) filter (where i.ended_at is null and not (${sql.raw(gone)}))::integer as "toDecide",
        count(i.decision)::integer as decided,
        count(*) filter (where ${sql.raw(open)})::integer as open,
        count(*) filter (where ${sql.raw(open)} and c.due_at <= clock_timestamp())::integer as late
      from ${sql.raw(of)} where c.id = ${campaignId}::uuid and i.reviewer_id is not null ${mine} group by i.reviewer_id)
    select n.reviewer_id as "reviewerId", s.name, holds_role(s.id, 'manager') or holds_role(s.id, 'compliance') as able, s.status <> 'active' as deactivated, n.decided, n."toDecide", n.open, n.late,
      round(p.seconds)::integer as seconds, coalesce(p.most, 0) as most,
      (select max(r.at)::text from review_reminders r where r.campaign_id = ${campaignId}::uuid and r.reviewer_id = n.reviewer_id) as "remindedAt"
    from counted n join staff s on s.id = n.reviewer_id left join pace p on p.decided_by = n.reviewer_id
    order by n.open desc, s.name, s.id limit 500`);
  return rows.map((row) => ({
    ...row,
    remindedAt: row.remindedAt ? new Date(row.remindedAt) : null,
  }));
}
