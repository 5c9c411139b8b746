import { and, eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { tickets } from "#db/schema/directory.ts";
import type { Part } from "./parts.ts";
import { changedFields, emptyPlan, lastOfEach, type Plan } from "./plan.ts";
import type { AccountPlan } from "./put-accounts.ts";
import type { UserPlan } from "./put-users.ts";
import { anyOf, writeRows } from "./write-rows.ts";

const columns = {
  productId: tickets.productId,
  reference: tickets.reference,
  accountId: tickets.accountId,
  subjectId: tickets.subjectId,
  title: tickets.title,
  status: tickets.status,
  assigneeEmail: tickets.assigneeEmail,
};
type TicketRow = Pick<typeof tickets.$inferSelect, keyof typeof columns>;
const fields = ["accountId", "subjectId", "title", "status", "assigneeEmail"] as const;

export async function planTickets(
  tx: Transaction,
  productId: string,
  part: Part,
  inAccounts: AccountPlan,
  ofUsers: UserPlan,
): Promise<Plan<TicketRow>> {
  const plan = emptyPlan<TicketRow>();
  const last = lastOfEach(part.tickets);
  const references = last.map(({ value }) => value.id);
  const stored = await tx
    .select(columns)
    .from(tickets)
    .where(and(eq(tickets.productId, productId), anyOf(tickets.reference, references)));
  const known = new Map(stored.map((row) => [row.reference, row]));

  for (const { line, value } of last) {
    const account = inAccounts.known.get(value.account_id);
    const user = value.user_id === null ? null : ofUsers.known.get(value.user_id);
    const problem = (field: string, message: string) => plan.errors.push({ line, field, message });
    if (!account) {
      problem("account_id", `There is no account ${value.account_id}.`);
      continue;
    }
    if (user === undefined || (user && user.accountId !== account.id)) {
      problem("user_id", `${value.user_id} is not a user of ${value.account_id}.`);
      continue;
    }
    const row: TicketRow = {
      productId,
      reference: value.id,
      accountId: account.id,
      subjectId: user?.id ?? null,
      title: value.title,
      status: value.status,
      assigneeEmail: value.assignee_email,
    };
    plan.taken += 1;
    const before = known.get(value.id);
    if (!before) plan.added.push(row);
    else if (changedFields(before, row, fields).length > 0) plan.changed.push(row);
  }
  return plan;
}

export const writeTickets = (tx: Transaction, plan: Plan<TicketRow>): Promise<void> =>
  writeRows(tx, tickets, columns, ["productId", "reference"], plan);
