import { eq, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { accounts, subjects } from "#db/schema/directory.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { accountStances, tiers } from "#lib/vocabulary.ts";
import type { FlagValue } from "./flag-rules.ts";
import { flagSentence } from "./flag-words.ts";
import type { HeldFlag } from "./hold-flag.ts";

type Set = {
  event: "flag.tightened" | "flag.loosened";
  value: FlagValue;
  reason: string;
  /** More of the entry: the proposal that was accepted. */
  more?: Record<string, string>;
};

/** Brings a flag that is held into force, with its entry. What the product said last is kept beside it. */
export async function setFlag(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  held: HeldFlag,
  { event, value, reason, more }: Set,
): Promise<void> {
  const { accountId, subjectId, flag, inForce: before, name } = held;
  const entryId = await recordAudit(tx, ctx, {
    event,
    accountId,
    subjectId,
    body: {
      what: `${name}: ${flagSentence(flag, before, value)}`,
      ...{ flag, before, after: value, reason, ...more },
    },
  });
  const updatedAt = sql`clock_timestamp()`;
  if (subjectId !== null) {
    await tx
      .update(subjects)
      .set({
        isVip: value === true,
        pushedVip: sql`coalesce(${subjects.pushedVip}, ${subjects.isVip})`,
        vipEntryId: entryId,
        updatedAt,
      })
      .where(eq(subjects.id, subjectId));
    return;
  }
  await tx
    .update(accounts)
    .set(
      flag === "tier"
        ? {
            tier: tiers.find((tier) => tier === value),
            pushedTier: sql`coalesce(${accounts.pushedTier}, ${accounts.tier})`,
            tierEntryId: entryId,
            updatedAt,
          }
        : {
            stance: accountStances.find((stance) => stance === value),
            goneStance: null,
            pushedStance: sql`coalesce(${accounts.pushedStance}, ${accounts.stance})`,
            stanceEntryId: entryId,
            updatedAt,
          },
    )
    .where(eq(accounts.id, accountId));
}
