import { and, eq, inArray, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { tickets } from "#db/schema/directory.ts";
import { changedFields, emptyPlan, lastOfEach, type Plan, statementsOf } from "./plan.ts";
import type { AccountPlan } from "./put-accounts.ts";
import type { Part } from "./put-directory.ts";
import type { UserPlan } from "./put-users.ts";

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
    .where(and(eq(tickets.productId, productId), inArray(tickets.reference, references)));
  const known = new Map(stored.map((row) => [row.reference, row]));

  for (const { line, value } of last) {
    const account = inAccounts.known.get(value.account_id);
    const user = value.user_id === null ? null : ofUsers.known.get(value.user_id);
    const problem = (message: string) => plan.errors.push({ line, message });
    if (!account) {
      problem(`account_id: ${value.account_id} is not known.`);
      continue;
    }
    if (user === undefined || (user && user.accountId !== account.id)) {
      problem(`user_id: ${value.user_id} is not a user of ${value.account_id}.`);
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

export async function writeTickets(tx: Transaction, plan: Plan<TicketRow>): Promise<void> {
  for (const rows of statementsOf(plan))
    await tx
      .insert(tickets)
      .values(rows)
      .onConflictDoUpdate({
        target: [tickets.productId, tickets.reference],
        set: {
          accountId: sql`excluded.account_id`,
          subjectId: sql`excluded.subject_id`,
          title: sql`excluded.title`,
          status: sql`excluded.status`,
          assigneeEmail: sql`excluded.assignee_email`,
          updatedAt: sql`clock_timestamp()`,
        },
      });
}
