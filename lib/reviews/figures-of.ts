import { and, count, eq, gte, lt, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { findings } from "#db/schema/findings.ts";
import { type Peers, peersOf } from "#lib/usage/peers.ts";
import { periodBefore } from "#lib/usage/period.ts";
import { type Figures, personFigures } from "#lib/usage/person.ts";
import type { Item } from "./item.ts";

export type ItemFigures = {
  now: Figures & { findings: number };
  before: Figures & { findings: number };
  /** Null where fewer than five others hold the role in the team. */
  peers: Peers | null;
};

/**
 * What the person of an item did in the period, in the one before, and beside their peers. For a reader whose look at the
 * item is on record already.
 */
export async function figuresOf(db: Reader, item: Item): Promise<ItemFigures> {
  const { personId, role, team, campaign } = item;
  const period = { firstDay: campaign.firstDay, lastDay: campaign.lastDay };
  const earlier = periodBefore(period);
  const [now, before, peers, found, foundBefore] = await Promise.all([
    personFigures(db, personId, period),
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

async function findingsIn(
  db: Reader,
  { personId, campaign }: Item,
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
): Promise<number> {
  const begins = (day: string, later = 0) =>
    sql`((${day}::date + ${later}::integer)::timestamp at time zone ${campaign.zone})`;
  const [row] = await db
    .select({ n: count() })
    .from(findings)
    .where(
      and(
        eq(findings.actorId, personId),
        gte(findings.lastAt, begins(firstDay)),
        lt(findings.lastAt, begins(lastDay, 1)),
      ),
    );
  return row?.n ?? 0;
}
