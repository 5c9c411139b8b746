import { and, eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { accounts } from "#db/schema/directory.ts";
import { newId } from "#lib/kernel/ids.ts";
import { afterPush } from "./flag-rules.ts";
import { flagSentence } from "./flag-words.ts";
import type { Part } from "./parts.ts";
import { changedFields, emptyPlan, type FlagNews, lastOfEach, type Plan } from "./plan.ts";
import type { AccountLine } from "./schemas.ts";
import { anyOf, writeRows } from "./write-rows.ts";

const columns = {
  id: accounts.id,
  productId: accounts.productId,
  externalId: accounts.externalId,
  name: accounts.name,
  tier: accounts.tier,
  stance: accounts.stance,
  region: accounts.region,
  termsVersion: accounts.termsVersion,
  pushedTier: accounts.pushedTier,
  pushedStance: accounts.pushedStance,
  goneStance: accounts.goneStance,
  tierEntryId: accounts.tierEntryId,
  stanceEntryId: accounts.stanceEntryId,
};
export type AccountRow = Pick<typeof accounts.$inferSelect, keyof typeof columns>;
const facts = ["tier", "stance", "region", "termsVersion"] as const;
const fields = ["name", ...facts, "pushedTier", "pushedStance", "goneStance"] as const;

export type AccountPlan = Plan<AccountRow> & {
  /** By the id in the product: every account that a line of this part names. */
  known: Map<string, AccountRow>;
  /** Accounts whose users are found under another name now. */
  renamed: string[];
};

export async function planAccounts(
  tx: Transaction,
  productId: string,
  part: Part,
): Promise<AccountPlan> {
  const named = new Set([
    ...part.accounts.map(({ value }) => value.id),
    ...part.users.map(({ value }) => value.account_id),
    ...part.tickets.map(({ value }) => value.account_id),
  ]);
  const stored = await tx
    .select(columns)
    .from(accounts)
    .where(and(eq(accounts.productId, productId), anyOf(accounts.externalId, [...named])));
  const known = new Map(stored.map((row) => [row.externalId, row]));
  const plan: AccountPlan = { ...emptyPlan(), known, renamed: [] };
  for (const { value } of lastOfEach(part.accounts)) {
    plan.taken += 1;
    const before = known.get(value.id);
    if (!before) {
      const row = newRow(productId, value);
      known.set(value.id, row);
      plan.added.push(row);
      continue;
    }
    const { row, news } = nextRow(before, value);
    known.set(value.id, row);
    plan.flags.push(...news);
    const changed = changedFields(before, row, fields);
    if (changed.length > 0) plan.changed.push(row);
    if (changed.includes("name")) plan.renamed.push(row.id);
    for (const field of changedFields(before, row, facts))
      plan.facts.push({
        accountId: row.id,
        of: row.externalId,
        field,
        before: before[field],
        after: row[field],
      });
  }
  return plan;
}

/** Who is new is as the product says. */
const newRow = (productId: string, value: AccountLine): AccountRow => ({
  id: newId(),
  productId,
  externalId: value.id,
  name: value.name,
  tier: value.tier,
  stance: value.impersonation,
  region: value.region ?? null,
  termsVersion: value.terms_version ?? null,
  pushedTier: null,
  pushedStance: null,
  goneStance: null,
  tierEntryId: null,
  stanceEntryId: null,
});

/** What of a known account holds after this line, and what it says of flags that the product did not say before. */
function nextRow(before: AccountRow, value: AccountLine): { row: AccountRow; news: FlagNews[] } {
  // An account that a full sync had left out comes back as it stood.
  const stood = before.goneStance ?? before.stance;
  const tier = afterPush("tier", { inForce: before.tier, said: before.pushedTier }, value.tier);
  const stance = afterPush(
    "stance",
    { inForce: stood, said: before.pushedStance },
    value.impersonation,
  );
  const row: AccountRow = {
    ...before,
    name: value.name,
    tier: tier.inForce,
    pushedTier: tier.said,
    tierEntryId: tier.inForce === before.tier ? before.tierEntryId : null,
    stance: stance.inForce,
    pushedStance: stance.said,
    stanceEntryId: stance.inForce === stood ? before.stanceEntryId : null,
    goneStance: null,
    // What a line leaves out stays as it was.
    region: value.region === undefined ? before.region : value.region,
    termsVersion: value.terms_version === undefined ? before.termsVersion : value.terms_version,
  };
  const of = { accountId: before.id, subjectId: null, name: value.name };
  const news: FlagNews[] = [];
  if (tier.isNews)
    news.push({
      ...of,
      ...{ flag: "tier", before: before.tier, after: tier.isLooser ? value.tier : null },
      says: flagSentence("tier", before.tier, value.tier),
    });
  if (stance.isNews)
    news.push({
      ...of,
      ...{ flag: "stance", before: stood, after: stance.isLooser ? value.impersonation : null },
      says: flagSentence("stance", stood, value.impersonation),
    });
  return { row, news };
}

export const writeAccounts = (tx: Transaction, plan: AccountPlan): Promise<void> =>
  writeRows(tx, accounts, columns, ["id", "productId", "externalId"], plan);
