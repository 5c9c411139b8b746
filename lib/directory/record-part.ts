import type { Transaction } from "#db/client.ts";
import { accounts } from "#db/schema/directory.ts";
import { type Entry, recordAudit, recordAudits } from "#lib/audit/record.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { FactChange, Plan } from "./plan.ts";
import { anyOf } from "./write-rows.ts";

type Plans = Record<"accounts" | "users" | "tickets", Plan<unknown>>;

/**
 * One entry with the numbers of a part, and one in the stream of each account of which a decision rests on other
 * facts now, with before and after. Nothing changed, no entry.
 */
export async function recordPart(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  { accounts, users, tickets }: Plans,
): Promise<void> {
  const numbers = [accounts, users, tickets].map((plan) => plan.added.length + plan.changed.length);
  if (numbers.every((n) => n === 0)) return;
  const [a, u, t] = numbers;
  await recordAudit(tx, ctx, {
    event: "directory.updated",
    body: {
      what: `${ctx.actor.name} brought ${a} accounts, ${u} users and ${t} tickets up to date`,
      push: ctx.requestId,
      accounts: countsOf(accounts),
      users: countsOf(users),
      tickets: countsOf(tickets),
    },
  });
  await recordFacts(tx, ctx, [...accounts.facts, ...users.facts], { push: ctx.requestId });
}

const countsOf = ({ added, changed, errors }: Plan<unknown>) => ({
  added: added.length,
  changed: changed.length,
  not_taken: errors.length,
});

const toldChanges = 100;

/** An entry in the stream of each account of which these facts are; `by` is the push or sync that changed them. */
export async function recordFacts(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  facts: readonly FactChange[],
  by: { push: string } | { sync: string },
): Promise<void> {
  const byAccount = Map.groupBy(facts, (fact) => fact.accountId);
  if (byAccount.size === 0) return;
  const names = await tx
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(anyOf(accounts.id, [...byAccount.keys()]));
  const nameOf = new Map(names.map((row) => [row.id, row.name]));
  const entries = [...byAccount].map(
    ([accountId, changes]): Entry => ({
      event: "directory.updated",
      accountId,
      body: {
        what: sentence(nameOf.get(accountId) ?? accountId, changes),
        ...by,
        changes: changes
          .slice(0, toldChanges)
          .map(({ of, field, before, after }) => ({ of, field, before, after })),
        changes_left_out: Math.max(0, changes.length - toldChanges),
      },
    }),
  );
  await recordAudits(tx, ctx, entries);
}

function sentence(account: string, changes: readonly FactChange[]): string {
  const [only] = changes;
  if (only && changes.length === 1)
    return `${account}: ${only.field} of ${only.of} from ${only.before} to ${only.after}`;
  return `${account}: ${changes.length} facts changed`;
}
