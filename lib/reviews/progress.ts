import { readAtOnce } from "#db/at-once.ts";
import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Ctx } from "#lib/kernel/context.ts";

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

/**
 * The items of some campaigns as `items`, with what is true of them now: those of one reviewer of which the same is true
 * are one row, and `n` how many. As sets, of which each is made once: asked of a function item by item, or joined by a
 * plan that expects a few, the same takes ten to forty times as long.
 */
export const itemsOf = (where: string): string => `alike as materialized (
    select i.campaign_id, i.reviewer_id, i.decision, i.remediated_at is not null as remediated, i.ended_at is not null as ended,
      i.id in (select item_id from standing_exceptions) as excepted,
      i.grant_id in (select id from staff_roles where revoked_at is null) as held, count(*) as n
    from campaigns c join review_items i on i.campaign_id = c.id where ${where} group by 1, 2, 3, 4, 5, 6, 7),
  items as materialized (
    select told.*, undecided and not excepted and not held as gone,
      undecided and not excepted and held and status = 'open' as open
    from (
      select a.*, c.status, c.due_at <= clock_timestamp() as is_late, decision is null and not ended as undecided,
        coalesce(reviewer_id in (select staff_id from roles_held where role in ('manager', 'compliance')), false) as able
      from alike a join campaigns c on c.id = a.campaign_id offset 0) told)`;

/** How many of `items` that is true of. */
export const countOf = (condition: string): string =>
  `coalesce(sum(n) filter (where ${condition}), 0)::integer`;

/** What is counted of `items`. */
export const countedOf = `${countOf("true")} as items,
  ${countOf("decision = 'keep'")} as keep,
  ${countOf("decision = 'change'")} as change,
  ${countOf("decision = 'revoke'")} as revoke,
  ${countOf("decision in ('change', 'revoke') and remediated")} as proved,
  ${countOf("excepted and decision is null")} as excepted,
  ${countOf("ended")} as ended,
  ${countOf("gone")} as gone,
  ${countOf("open and not is_late")} as open,
  ${countOf("open and is_late")} as late,
  ${countOf("open and reviewer_id is null")} as unassigned,
  ${countOf("open and not able")} as nobodys`;

type OfMany = Progress & { id: string };
const many = `select campaign_id as id, ${countedOf} from items group by campaign_id`;
const one = `select ${countedOf} from items`;
// With or without a reviewer are two statements: what may be null is planned anew each time.
const ofCampaigns = preparedStatement<OfMany>(
  "review_progress_all",
  `with ${itemsOf("c.id = any ($1::uuid[])")} ${many}`,
);
const ofCampaignsOf = preparedStatement<OfMany>(
  "review_progress_all_of",
  `with ${itemsOf("c.id = any ($1::uuid[]) and i.reviewer_id = $2::uuid")} ${many}`,
);
const ofAddress = preparedStatement<Progress>(
  "review_progress",
  `with ${itemsOf("c.slug = $1::text")} ${one}`,
);
const ofAddressOf = preparedStatement<Progress>(
  "review_progress_of",
  `with ${itemsOf("c.slug = $1::text and i.reviewer_id = $2::uuid")} ${one}`,
);

/** How far each of these campaigns is; of one reviewer's items alone, where there is one. */
export async function readProgress(
  db: Reader,
  campaignIds: readonly string[],
  reviewerId: string | null,
): Promise<Map<string, Progress>> {
  if (campaignIds.length === 0) return new Map();
  const rows = reviewerId
    ? await ofCampaignsOf(db, campaignIds, reviewerId)
    : await ofCampaigns(db, campaignIds);
  return new Map(rows.map(({ id, ...progress }) => [id, progress]));
}

/** The same of one campaign by its address, for a page that reads more beside it. */
export async function readOwnProgress(
  ctx: Ctx,
  slug: string,
  reviewerId: string | null,
): Promise<Progress> {
  const part = reviewerId ? ofAddressOf.part(slug, reviewerId) : ofAddress.part(slug);
  const [row] = await readAtOnce(ctx, part);
  return row ?? noProgress;
}

export const noProgress: Progress = {
  ...{ items: 0, keep: 0, change: 0, revoke: 0, proved: 0, excepted: 0, ended: 0 },
  gone: 0,
  ...{ open: 0, late: 0, unassigned: 0, nobodys: 0 },
};

export const decidedOf = (p: Progress): number => p.keep + p.change + p.revoke;
/** What there is to decide: without what had ended before, or was taken meanwhile. */
export const toDecideOf = (p: Progress): number => p.items - p.ended - p.gone;
