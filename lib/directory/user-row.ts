import { subjects } from "#db/schema/directory.ts";
import { newId } from "#lib/kernel/ids.ts";
import { afterPush } from "./flag-rules.ts";
import { flagSentence } from "./flag-words.ts";
import { changedFields, type FactChange, type FlagNews } from "./plan.ts";
import type { AccountRow } from "./put-accounts.ts";
import type { UserLine } from "./schemas.ts";

export const userColumns = {
  id: subjects.id,
  productId: subjects.productId,
  accountId: subjects.accountId,
  externalId: subjects.externalId,
  name: subjects.name,
  email: subjects.email,
  role: subjects.role,
  isOwner: subjects.isOwner,
  isVip: subjects.isVip,
  status: subjects.status,
  kind: subjects.kind,
  lastSeenAt: subjects.lastSeenAt,
  lang: subjects.lang,
  pushedVip: subjects.pushedVip,
  vipEntryId: subjects.vipEntryId,
};
/** Somebody as a push finds them, and as it leaves them. */
export type UserRow = Pick<typeof subjects.$inferSelect, keyof typeof userColumns>;
const facts = ["email", "role", "isOwner", "isVip", "status", "kind"] as const;
/** What a push may change of somebody. */
export const userFields = [
  "accountId",
  "name",
  "lastSeenAt",
  "lang",
  "pushedVip",
  ...facts,
] as const;

/** What holds of a person after this line; who is new is as the product says. */
export function rowOf(value: UserLine, before: UserRow | undefined, account: AccountRow): UserRow {
  const vip =
    before && afterPush("vip", { inForce: before.isVip, said: before.pushedVip }, value.vip);
  const isVip = vip?.inForce ?? value.vip;
  return {
    id: before?.id ?? newId(),
    productId: account.productId,
    accountId: account.id,
    externalId: value.id,
    name: value.name,
    email: value.email,
    role: value.role,
    isOwner: value.owner,
    isVip,
    status: value.status,
    kind: value.kind,
    lastSeenAt: value.last_seen_at === null ? null : new Date(value.last_seen_at),
    lang: value.lang,
    pushedVip: vip?.said ?? null,
    vipEntryId: before?.isVip === isVip ? before.vipEntryId : null,
  };
}

/** What the product said of it before is void; what is looser than what is in force is proposed. */
export function vipNews(before: UserRow, row: UserRow): FlagNews[] {
  const of = { subjectId: row.id, flag: "vip" as const, name: row.name, before: before.isVip };
  const says = flagSentence("vip", before.isVip, false);
  const after = row.pushedVip === false && row.isVip ? false : null;
  // What waits is of the account that they were in.
  const left = isMoved(before, row)
    ? [{ ...of, accountId: before.accountId, after: null, says }]
    : [];
  return [...left, { ...of, accountId: row.accountId, after, says }];
}

/** To another account. */
export const isMoved = (before: UserRow, row: UserRow): boolean =>
  before.accountId !== row.accountId;

/** What changes of who somebody is, for the record of each account that it is about. */
export function factsOf(before: UserRow, row: UserRow): FactChange[] {
  const of = row.externalId;
  const changes = changedFields(before, row, facts).map((field) => ({
    accountId: row.accountId,
    of,
    field,
    before: before[field],
    after: row[field],
  }));
  if (before.accountId === row.accountId) return changes;
  const move = { of, field: "accountId", before: before.accountId, after: row.accountId };
  return [
    ...changes,
    { ...move, accountId: before.accountId },
    { ...move, accountId: row.accountId },
  ];
}
