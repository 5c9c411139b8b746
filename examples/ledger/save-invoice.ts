import type { Request } from "express";
import { type Queries, transaction } from "./database.ts";
import { type Change, writeHistory } from "./history.ts";
import { findInvoice, findLines, type Invoice, invoiceName, writeLines } from "./invoices.ts";
import { amount, type Line, lineText, totalCents } from "./money.ts";
import { day, today } from "./time.ts";
import type { Viewer } from "./viewer.ts";

export type InvoiceForm = {
  clientId: string;
  issuedOn: string;
  dueOn: string;
  note: string;
  lines: Line[];
};

export type Saved = { kind: "saved" } | { kind: "gone" } | { kind: "overtaken"; now: Invoice };

/** Saves what was edited, unless somebody saved the invoice since it was opened (`version`). */
export async function saveInvoice(
  req: Request,
  viewer: Viewer,
  number: number,
  version: number,
  form: InvoiceForm,
): Promise<Saved> {
  return transaction(async (client) => {
    const before = await findInvoice(client, viewer.accountId, number, "FOR UPDATE OF i");
    if (!before || before.status === "paid") return { kind: "gone" };
    if (before.version !== version) return { kind: "overtaken", now: before };
    const lines = await findLines(client, viewer.accountId, number);
    const clientName = await nameOfClient(client, viewer.accountId, form.clientId);
    if (!clientName) return { kind: "gone" };
    const changes = differences(before, lines, form, clientName);
    if (changes.length === 0) return { kind: "saved" };
    await client.query(
      `UPDATE invoices SET client_id = $3, issued_on = $4, due_on = $5, note = $6, total_cents = $7,
         version = version + 1, changed_at = now() WHERE account_id = $1 AND number = $2`,
      [
        viewer.accountId,
        number,
        form.clientId,
        form.issuedOn,
        form.dueOn,
        form.note,
        totalCents(form.lines),
      ],
    );
    await writeLines(client, viewer.accountId, number, form.lines);
    await writeHistory(client, req, viewer, {
      about: `invoice ${number}`,
      resource: invoiceName(number),
      what: "changed the invoice",
      changes,
    });
    return { kind: "saved" };
  });
}

/** A new draft with the next free number of the account; null when the client is not theirs. */
export async function makeInvoice(
  req: Request,
  viewer: Viewer,
  form: InvoiceForm,
): Promise<number | null> {
  return transaction(async (client) => {
    const clientName = await nameOfClient(client, viewer.accountId, form.clientId);
    if (!clientName) return null;
    const number = await insertDraft(client, viewer.accountId, form);
    await writeHistory(client, req, viewer, {
      about: `invoice ${number}`,
      resource: invoiceName(number),
      what: "made the invoice",
      changes: [
        { field: "Client", after: clientName },
        { field: "Amount", after: `€ ${amount(totalCents(form.lines))}` },
      ],
    });
    return number;
  });
}

/** A draft under the next number of the account, which nobody else gets. */
export async function insertDraft(
  client: Queries,
  accountId: string,
  form: InvoiceForm,
  recurringId: string | null = null,
): Promise<number> {
  // The account's row is the lock under which numbers are given.
  await client.query("SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE", [accountId]);
  const { rows } = await client.query<{ number: number }>(
    `INSERT INTO invoices (account_id, number, client_id, status, issued_on, due_on, note, total_cents, recurring_id)
     SELECT $1, coalesce(max(number), 0) + 1, $2, 'draft', $3, $4, $5, $6, $7
     FROM invoices WHERE account_id = $1 RETURNING number`,
    [
      accountId,
      form.clientId,
      form.issuedOn,
      form.dueOn,
      form.note,
      totalCents(form.lines),
      recurringId,
    ],
  );
  const number = rows[0]?.number;
  if (number === undefined) throw new Error("an invoice that is made has a number");
  await writeLines(client, accountId, number, form.lines);
  return number;
}

/** A sent invoice that was paid today. False when it is not one. */
export async function markPaid(req: Request, viewer: Viewer, number: number): Promise<boolean> {
  return transaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE invoices SET status = 'paid', paid_on = $3, version = version + 1, changed_at = now()
       WHERE account_id = $1 AND number = $2 AND status = 'sent'`,
      [viewer.accountId, number, today()],
    );
    if (!rowCount) return false;
    await writeHistory(client, req, viewer, {
      about: `invoice ${number}`,
      resource: invoiceName(number),
      what: "marked the invoice as paid",
      changes: [{ field: "State", before: "Sent", after: "Paid" }],
    });
    return true;
  });
}

function differences(before: Invoice, lines: Line[], form: InvoiceForm, client: string): Change[] {
  const pairs: [string, string, string][] = [
    ["Client", before.client, client],
    ["Date", day(before.issued_on), day(form.issuedOn)],
    ["Due", day(before.due_on), day(form.dueOn)],
    ["Note to the client", before.note, form.note],
  ];
  for (let index = 0; index < Math.max(lines.length, form.lines.length); index++) {
    const [was, is] = [lines[index], form.lines[index]];
    pairs.push([`Line ${index + 1}`, was ? lineText(was) : "", is ? lineText(is) : "removed"]);
  }
  return pairs
    .filter(([, was, is]) => was !== is)
    .map(([field, was, is]) => ({ field, before: was, after: is }));
}

export async function nameOfClient(queries: Queries, accountId: string, id: string) {
  const { rows } = await queries.query<{ name: string }>(
    "SELECT name FROM clients WHERE account_id = $1 AND id = $2",
    [accountId, id],
  );
  return rows[0]?.name ?? null;
}
