import { pool, type Queries } from "./database.ts";
import type { Line } from "./money.ts";
import { today } from "./time.ts";

export type Invoice = {
  number: number;
  client_id: string;
  client: string;
  status: "draft" | "sent" | "paid";
  issued_on: string;
  due_on: string;
  note: string;
  total_cents: number;
  version: number;
  changed_at: Date;
};

const columns = `i.number, i.client_id, c.name AS client, i.status, i.issued_on, i.due_on, i.note,
  i.total_cents::float8 AS total_cents, i.version, i.changed_at`;

export const pageSize = 12;

/** `INV-0315`: how people and addresses name an invoice. */
export function invoiceName(number: number): string {
  return `INV-${String(number).padStart(4, "0")}`;
}

export function invoiceNumber(name: string): number | null {
  const digits = /^INV-(\d{4,9})$/i.exec(name)?.[1];
  return digits ? Number(digits) : null;
}

export type State = "all" | "open" | "overdue" | "paid" | "draft";

const conditions: Record<State, string> = {
  all: "true",
  draft: "i.status = 'draft'",
  open: "i.status = 'sent' AND i.due_on >= $2",
  overdue: "i.status = 'sent' AND i.due_on < $2",
  paid: "i.status = 'paid'",
};

/** One page, newest first, after the invoice that `before` names. */
export async function listInvoices(
  accountId: string,
  state: State,
  before: { issued_on: string; number: number } | null,
) {
  const { rows } = await pool.query<Invoice>(
    `SELECT ${columns} FROM invoices i JOIN clients c ON c.id = i.client_id
     WHERE i.account_id = $1 AND $2::date IS NOT NULL AND ${conditions[state]}
       AND ($3::date IS NULL OR (i.issued_on, i.number) < ($3::date, $4::integer))
     ORDER BY i.issued_on DESC, i.number DESC LIMIT ${pageSize + 1}`,
    [accountId, today(), before?.issued_on ?? null, before?.number ?? null],
  );
  return { invoices: rows.slice(0, pageSize), more: rows.length > pageSize };
}

export async function sums(accountId: string, state: State) {
  const { rows } = await pool.query<Record<"open" | "overdue" | "paid" | "count", number>>(
    `SELECT coalesce(sum(total_cents) FILTER (WHERE status = 'sent' AND due_on >= $2), 0)::float8 AS open,
       coalesce(sum(total_cents) FILTER (WHERE status = 'sent' AND due_on < $2), 0)::float8 AS overdue,
       coalesce(sum(total_cents) FILTER (WHERE paid_on >= date_trunc('quarter', $2::date)), 0)::float8 AS paid,
       count(*) FILTER (WHERE ${conditions[state]})::integer AS count
     FROM invoices i WHERE account_id = $1`,
    [accountId, today()],
  );
  return rows[0] ?? { open: 0, overdue: 0, paid: 0, count: 0 };
}

export async function findInvoice(queries: Queries, accountId: string, number: number, lock = "") {
  const { rows } = await queries.query<Invoice>(
    `SELECT ${columns} FROM invoices i JOIN clients c ON c.id = i.client_id
     WHERE i.account_id = $1 AND i.number = $2 ${lock}`,
    [accountId, number],
  );
  return rows[0] ?? null;
}

export async function findLines(queries: Queries, accountId: string, number: number) {
  const { rows } = await queries.query<Line>(
    `SELECT description, quantity::float8 AS quantity, price_cents::float8 AS price_cents, vat
     FROM invoice_lines WHERE account_id = $1 AND number = $2 ORDER BY position`,
    [accountId, number],
  );
  return rows;
}

export async function writeLines(
  queries: Queries,
  accountId: string,
  number: number,
  lines: readonly Line[],
): Promise<void> {
  await queries.query("DELETE FROM invoice_lines WHERE account_id = $1 AND number = $2", [
    accountId,
    number,
  ]);
  await queries.query(
    `INSERT INTO invoice_lines (account_id, number, position, description, quantity, price_cents, vat)
     SELECT $1, $2, ordinality, description, quantity, price_cents, vat
     FROM ROWS FROM (json_to_recordset($3::json)
       AS (description text, quantity numeric, price_cents bigint, vat integer)) WITH ORDINALITY`,
    [accountId, number, JSON.stringify(lines)],
  );
}
