import { and, count, eq, gte, lt, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { findings } from "#db/schema/findings.ts";
import { figuresBetween, type Span } from "#lib/usage/exact.ts";
import { type Peers, peersOf } from "#lib/usage/peers.ts";
import { periodBefore } from "#lib/usage/period.ts";
import { type Figures, personFigures } from "#lib/usage/person.ts";
import type { Item } from "./item.ts";
import { localTime } from "./reminder-rules.ts";

export type ItemFigures = {
  now: Figures & { findings: number };
  before: Figures & { findings: number };
  /** Null where fewer than five others hold the role in the team. */
  peers: Peers | null;
};

/** Whether the review was opened before its period was over. */
export const isRunning = ({ campaign }: Pick<Item, "campaign">): boolean =>
  campaign.throughAt < campaign.endsAt;

/**
 * What the person of an item did by its grant in the period, what they did in the one before, and beside their peers. For
 * a reader whose look at the item is on record already.
 */
export async function figuresOf(db: Reader, item: Item): Promise<ItemFigures> {
  const { personId, role, team, campaign } = item;
  const whole = { firstDay: campaign.firstDay, lastDay: campaign.lastDay };
  const earlier = periodBefore(whole);
  const until = localTime(campaign.throughAt, campaign.zone).day;
  const period = isRunning(item) ? { ...whole, lastDay: until } : whole;
  const span = await ownSpan(db, item);
  const [now, before, peers, found, foundBefore] = await Promise.all([
    span ? figuresBetween(db, personId, span) : personFigures(db, personId, period),
    personFigures(db, personId, earlier),
    peersOf(db, { staffId: personId, role, team }, period),
    findingsIn(db, item, period),
    findingsIn(db, item, earlier),
  ]);
  return {
    now: { ...now, findings: found },
    before: { ...before, findings: foundBefore },
    peers,
  };
}

/**
 * From when to when an item's figures are, where whole days are not enough: of a period that runs still, up to the opening;
 * of a role that was given more than once, or held for a part of it, while this grant was held; by the clocks of the
 * review, where the company has others since. Null where the rollups know it.
 */
async function ownSpan(db: Reader, item: Item): Promise<Span | null> {
  const { rows } = await db.execute<Span & { part: boolean; moved: boolean }>(sql`
    select greatest(c.starts_at, i.granted_at)::text as from, least(c.through_at, i.ended_at)::text as to,
      case when c.through_at < c.ends_at then c.through_at::text else 'infinity' end as known,
      i.granted_at > c.starts_at or coalesce(i.ended_at < c.through_at, false) or exists (select from review_items o
        where o.campaign_id = i.campaign_id and o.staff_id = i.staff_id and o.role = i.role and o.id <> i.id) as part,
      c.zone is distinct from (select zone from usage_zone) as moved
    from review_items i join campaigns c on c.id = i.campaign_id where i.id = ${item.id}::uuid`);
  const [row] = rows;
  if (!row || (!row.part && !row.moved && !isRunning(item))) return null;
  return { from: row.from, to: row.to, known: row.known };
}

/** Findings that overlap with these days, as the population counts them; of a period that runs still, up to the opening. */
async function findingsIn(
  db: Reader,
  { personId, campaign }: Item,
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
): Promise<number> {
  const { zone } = campaign;
  const through = campaign.throughAt.toISOString();
  const [row] = await db
    .select({ n: count() })
    .from(findings)
    .where(
      and(
        eq(findings.actorId, personId),
        gte(findings.lastAt, sql`day_begins(${firstDay}::date, ${zone})`),
        lt(
          findings.firstAt,
          sql`least(day_begins(${lastDay}::date + 1, ${zone}), ${through}::timestamptz)`,
        ),
      ),
    );
  return row?.n ?? 0;
}
