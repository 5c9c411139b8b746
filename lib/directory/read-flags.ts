import { eq, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Reader } from "#db/client.ts";
import { accounts, subjects } from "#db/schema/directory.ts";
import type { Flag } from "#lib/vocabulary.ts";
import type { FlagValue } from "./flag-rules.ts";

/** A flag in force, and where it is from. */
export type FlagRead = {
  flag: Flag;
  inForce: FlagValue;
  /** What the product said last. */
  said: FlagValue;
  /** Who set it in the panel, when and why; null: it is as the product says. */
  setBy: { name: string; at: string; reason: string } | null;
  /** Closed only because a full sync left it out. */
  isGone: boolean;
};

/** By whom the entry was made; without its payload, where that was erased. */
const setBySql = (entryId: AnyPgColumn) =>
  sql<
    FlagRead["setBy"]
  >`(select json_build_object('name', p.body::jsonb ->> 'by', 'at', e.occurred_at,
    'reason', coalesce(p.body::jsonb ->> 'reason', ''))
    from audit_entry e join audit_payload p on p.entry_id = e.id where e.id = ${entryId})`;

/** Tier and stance of an account; none where there is no such. */
export async function readAccountFlags(db: Reader, accountId: string): Promise<FlagRead[]> {
  const [row] = await db
    .select({
      tier: accounts.tier,
      stance: accounts.stance,
      pushedTier: accounts.pushedTier,
      pushedStance: accounts.pushedStance,
      goneStance: accounts.goneStance,
      tierBy: setBySql(accounts.tierEntryId),
      stanceBy: setBySql(accounts.stanceEntryId),
    })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  if (!row) return [];
  const { tier, stance, pushedTier, pushedStance, goneStance, tierBy, stanceBy } = row;
  const isGone = goneStance !== null;
  return [
    { flag: "tier", inForce: tier, said: pushedTier ?? tier, setBy: tierBy, isGone: false },
    {
      ...{ flag: "stance", inForce: stance, said: pushedStance ?? stance },
      ...{ setBy: isGone ? null : stanceBy, isGone },
    },
  ];
}

/** Whether a person is a VIP. */
export async function readPersonFlags(db: Reader, subjectId: string): Promise<FlagRead[]> {
  const [row] = await db
    .select({
      vip: subjects.isVip,
      pushed: subjects.pushedVip,
      setBy: setBySql(subjects.vipEntryId),
    })
    .from(subjects)
    .where(eq(subjects.id, subjectId));
  if (!row) return [];
  const { vip, pushed, setBy } = row;
  return [{ flag: "vip", inForce: vip, said: pushed ?? vip, setBy, isGone: false }];
}
