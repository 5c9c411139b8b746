import { and, asc, eq, or } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { subjects } from "#db/schema/directory.ts";
import { requests } from "#db/schema/impersonation.ts";
import type { Numbered, Part } from "./parts.ts";
import { changedFields, emptyPlan, lastOfEach, type Plan } from "./plan.ts";
import type { AccountPlan } from "./put-accounts.ts";
import {
  factsOf,
  isMoved,
  rowOf,
  type UserRow,
  userColumns,
  userFields,
  vipNews,
} from "./user-row.ts";
import { anyOf, writeRows } from "./write-rows.ts";

/** The people that a part names, before it and then after it, by the id in the product. */
export type UserPlan = Plan<UserRow> & {
  known: Map<string, UserRow>;
  /** Who is moved to another account or is an owner no longer, by id, with the account that they were in. */
  leaving: Map<string, { row: UserRow; from: string }>;
};

/** Compares with what is stored, and locks what is going to change. */
export async function planUsers(
  tx: Transaction,
  productId: string,
  part: Part,
  inAccounts: AccountPlan,
): Promise<UserPlan> {
  const known = await readKnown(tx, productId, part);
  const plan: UserPlan = { ...emptyPlan(), known, leaving: new Map() };
  const next: Numbered<UserRow>[] = [];
  for (const { line, value } of lastOfEach(part.users)) {
    const account = inAccounts.known.get(value.account_id);
    if (account) next.push({ line, value: rowOf(value, known.get(value.id), account) });
    else
      plan.errors.push({
        line,
        field: "account_id",
        message: `There is no account ${value.account_id}.`,
      });
  }
  const isChanging = ({ value: row }: Numbered<UserRow>) => {
    const before = known.get(row.externalId);
    return before !== undefined && changedFields(before, row, userFields).length > 0;
  };
  const changing = next.filter(isChanging).map(({ value }) => value);
  if (changing.length + inAccounts.renamed.length > 0) await lock(tx, changing, inAccounts.renamed);
  const bound = await onRecordElsewhere(tx, known, changing);
  for (const { line, value: row } of next) {
    if (bound.has(row.id)) {
      plan.errors.push({
        line,
        field: "account_id",
        message: `${row.externalId} is on record as a user of another account.`,
      });
      continue;
    }
    const before = known.get(row.externalId);
    known.set(row.externalId, row);
    plan.taken += 1;
    if (!before) plan.added.push(row);
    else if (changedFields(before, row, userFields).length > 0) plan.changed.push(row);
    if (before) plan.facts.push(...factsOf(before, row));
    if (before && (isMoved(before, row) || before.isOwner !== row.isOwner))
      plan.leaving.set(row.id, { row, from: before.accountId });
    if (before && (row.pushedVip !== before.pushedVip || isMoved(before, row)))
      plan.flags.push(...vipNews(before, row));
  }
  return plan;
}

async function readKnown(tx: Transaction, productId: string, part: Part) {
  const named = new Set([
    ...part.users.map(({ value }) => value.id),
    ...part.tickets.flatMap(({ value }) => value.user_id ?? []),
  ]);
  const stored = await tx
    .select(userColumns)
    .from(subjects)
    .where(and(eq(subjects.productId, productId), anyOf(subjects.externalId, [...named])));
  return new Map(stored.map((row) => [row.externalId, row]));
}

/**
 * People before their accounts, as a decision locks them: a start is before the change or after it, and neither waits
 * for the other in a circle.
 */
const lock = (tx: Transaction, changing: readonly UserRow[], renamedAccounts: readonly string[]) =>
  tx
    .select({ id: subjects.id })
    .from(subjects)
    .where(
      or(
        anyOf(
          subjects.id,
          changing.map((row) => row.id),
        ),
        anyOf(subjects.accountId, renamedAccounts),
      ),
    )
    .orderBy(asc(subjects.id))
    .for("no key update");

/** Who would move to another account but has requests on record with this one: records do not move. */
async function onRecordElsewhere(
  tx: Transaction,
  known: UserPlan["known"],
  changing: readonly UserRow[],
): Promise<Set<string>> {
  const moving = changing.filter((row) => known.get(row.externalId)?.accountId !== row.accountId);
  if (moving.length === 0) return new Set();
  const rows = await tx
    .selectDistinct({ id: requests.subjectId })
    .from(requests)
    .where(
      anyOf(
        requests.subjectId,
        moving.map((row) => row.id),
      ),
    );
  return new Set(rows.map((row) => row.id));
}

export const writeUsers = (tx: Transaction, plan: UserPlan): Promise<void> =>
  writeRows(tx, subjects, userColumns, ["id", "productId", "externalId"], plan);
