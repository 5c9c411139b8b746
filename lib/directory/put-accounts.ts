import { and, eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { accounts } from "#db/schema/directory.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Part } from "./parts.ts";
import { changedFields, emptyPlan, lastOfEach, type Plan } from "./plan.ts";
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
};
export type AccountRow = Pick<typeof accounts.$inferSelect, keyof typeof columns>;
const facts = ["tier", "stance", "region", "termsVersion"] as const;

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
    const row: AccountRow = {
      id: before?.id ?? newId(),
      productId,
      externalId: value.id,
      name: value.name,
      tier: value.tier,
      stance: value.impersonation,
      // What a line leaves out stays as it was.
      region: value.region === undefined ? (before?.region ?? null) : value.region,
      termsVersion:
        value.terms_version === undefined ? (before?.termsVersion ?? null) : value.terms_version,
    };
    known.set(value.id, row);
    if (!before) {
      plan.added.push(row);
      continue;
    }
    const changed = changedFields(before, row, ["name", ...facts]);
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

export const writeAccounts = (tx: Transaction, plan: AccountPlan): Promise<void> =>
  writeRows(tx, accounts, columns, ["id", "productId", "externalId"], plan);
