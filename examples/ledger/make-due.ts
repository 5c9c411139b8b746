import type { Request } from "express";
import { addDays, nextDate } from "./calendar.ts";
import { type Queries, transaction } from "./database.ts";
import { type Change, writeHistory, writeOwnHistory } from "./history.ts";
import { invoiceName } from "./invoices.ts";
import { amount } from "./money.ts";
import { findRecurring, type Recurring, recurringColumns, recurringFrom } from "./recurring.ts";
import { insertDraft } from "./save-invoice.ts";
import { today } from "./time.ts";
import type { Viewer } from "./viewer.ts";

/** Makes the next one before its date, as a draft of `on`. Gives its number; null when there is nothing to make. */
export async function makeNextNow(
  req: Request,
  viewer: Viewer,
  id: string,
  on: string,
): Promise<number | null> {
  return transaction(async (client) => {
    const before = await findRecurring(client, viewer.accountId, id, "FOR UPDATE OF r");
    if (!before || before.paused) return null;
    const number = await makeOne(client, before, on);
    await writeHistory(client, req, viewer, {
      about: `invoice ${number}`,
      resource: invoiceName(number),
      what: "made the invoice from a recurring one",
      changes: madeOf(before),
    });
    return number;
  });
}

/** Makes what is due until `on`, a draft for each date, also those that a stopped Ledger missed. Gives how many. */
export async function makeDue(on: string = today()): Promise<number> {
  for (let made = 0; ; made++) if (!(await makeOneDue(on))) return made;
}

/** One at a time, so that nothing is lost when it stops, and two that run at once make each only once. */
async function makeOneDue(on: string): Promise<boolean> {
  return transaction(async (client) => {
    const { rows } = await client.query<Recurring>(
      `SELECT ${recurringColumns} FROM ${recurringFrom} WHERE NOT r.paused AND r.next_on <= $1
       ORDER BY r.next_on LIMIT 1 FOR UPDATE OF r SKIP LOCKED`,
      [on],
    );
    const due = rows[0];
    if (!due) return false;
    const number = await makeOne(client, due, due.next_on);
    await writeOwnHistory(client, due.account_id, {
      about: `invoice ${number}`,
      what: "made the invoice from a recurring one",
      changes: madeOf(due),
    });
    return true;
  });
}

async function makeOne(client: Queries, one: Recurring, issuedOn: string): Promise<number> {
  const { rows } = await client.query<{ payment_days: number }>(
    "SELECT payment_days FROM accounts WHERE id = $1",
    [one.account_id],
  );
  const dueOn = addDays(issuedOn, rows[0]?.payment_days ?? 30);
  const { client_id: clientId, note: words, lines } = one;
  const form = { clientId, issuedOn, dueOn, note: words, lines };
  const number = await insertDraft(client, one.account_id, form, one.id);
  await client.query("UPDATE recurring SET next_on = $2 WHERE id = $1", [
    one.id,
    nextDate(one.next_on, one.every, one.day),
  ]);
  return number;
}

const madeOf = ({ client, total_cents }: Recurring): Change[] => [
  { field: "Client", after: client },
  { field: "Amount", after: `€ ${amount(total_cents)}` },
];
