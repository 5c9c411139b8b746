import { and, count, eq, gte, lt, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { findings } from "#db/schema/findings.ts";
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
 * What the person of an item did in the period, in the one before, and beside their peers. For a reader whose look at the
 * item is on record already.
 */
export async function figuresOf(db: Reader, item: Item): Promise<ItemFigures> {
  const { personId, role, team, campaign } = item;
  const whole = { firstDay: campaign.firstDay, lastDay: campaign.lastDay };
  const earlier = periodBefore(whole);
  const until = localTime(campaign.throughAt, campaign.zone).day;
  const period = isRunning(item) ? { ...whole, lastDay: until } : whole;
  const [now, before, peers, found, foundBefore] = await Promise.all([
    personFigures(db, personId, period),
    personFigures(db, personId, earlier),
    peersOf(db, { staffId: personId, role, team }, period),
    findingsIn(db, item, period),
    findingsIn(db, item, earlier),
  ]);
  return {
    // Of a period that runs still the days up to the opening; sessions to the second, as the item and the pack have them.
    now: { ...now, ...(isRunning(item) ? { sessions: item.sessions } : {}), findings: found },
    before: { ...before, findings: foundBefore },
    peers,
  };
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
