import { sql } from "drizzle-orm";
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
 * Counted columns of items `i` of campaigns `c`, with the exceptions `x`. That the right is held still (`h`) and that the
 * reviewer may decide (`r`) are joined: asked of a function for each item they cost forty times as much.
 */
const undecided = "i.decision is null and i.ended_at is null and x.id is null";
export const open = `${undecided} and c.status = 'open' and h.id is not null`;
export const gone = `${undecided} and h.id is null`;
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
  count(*) filter (where ${open} and r.staff_id is null)::integer as nobodys`;

/** Where they are counted. */
export const countedItems = `review_items i join campaigns c on c.id = i.campaign_id
  left join standing_exceptions x on x.item_id = i.id
  left join staff_roles h on h.id = i.grant_id and h.revoked_at is null
  left join (select distinct staff_id from roles_held where role in ('manager', 'compliance')) r on r.staff_id = i.reviewer_id`;

/** How far each of these campaigns is; of one reviewer's items alone, where there is one. */
export async function readProgress(
  db: Reader,
  campaignIds: readonly string[],
  reviewerId: string | null,
): Promise<Map<string, Progress>> {
  if (campaignIds.length === 0) return new Map();
  const mine = reviewerId ? sql`and i.reviewer_id = ${reviewerId}::uuid` : sql``;
  const { rows } = await db.execute<Progress & { id: string }>(
    sql`select c.id, ${sql.raw(counted)} from ${sql.raw(countedItems)}
      where c.id = any(${sql.param(campaignIds)}::uuid[]) ${mine} group by c.id`,
  );
  return new Map(rows.map(({ id, ...progress }) => [id, progress]));
}

const one = preparedStatement<Progress>(
  "review_progress",
  `select ${counted} from ${countedItems} where c.slug = $1 and ($2::uuid is null or i.reviewer_id = $2::uuid)`,
);

/** The same of one campaign by its address, for a page that reads more beside it. */
export async function readOwnProgress(
  ctx: Ctx,
  slug: string,
  reviewerId: string | null,
): Promise<Progress> {
  const [row] = await readAtOnce(ctx, one.part(slug, reviewerId));
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
