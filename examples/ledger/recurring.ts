import type { Rhythm } from "./calendar.ts";
import { pool, type Queries } from "./database.ts";
import type { Line } from "./money.ts";

export type Recurring = {
  id: string;
  account_id: string;
  client_id: string;
  client: string;
  every: Rhythm;
  day: number;
  next_on: string;
  note: string;
  lines: Line[];
  total_cents: number;
  paused: boolean;
  version: number;
};

export type RecurringForm = {
  clientId: string;
  every: Rhythm;
  nextOn: string;
  note: string;
  lines: Line[];
};

export const recurringColumns = `r.id, r.account_id, r.client_id, c.name AS client, r.every, r.day, r.next_on, r.note, r.lines,
  r.total_cents::float8 AS total_cents, r.paused, r.version`;
export const recurringFrom = "recurring r JOIN clients c ON c.id = r.client_id";

export const pageSize = 20;
export const everyText: Record<Rhythm, string> = {
  month: "Monthly",
  quarter: "Quarterly",
  year: "Yearly",
};

/** One page, what comes next first, after the one that `after` names. */
export async function listRecurring(
  accountId: string,
  after: { next_on: string; id: string } | null,
) {
  const { rows } = await pool.query<Recurring>(
    `SELECT ${recurringColumns} FROM ${recurringFrom} WHERE r.account_id = $1
       AND ($2::date IS NULL OR (r.next_on, r.id) > ($2::date, $3))
     ORDER BY r.next_on, r.id LIMIT ${pageSize + 1}`,
    [accountId, after?.next_on ?? null, after?.id ?? null],
  );
  return { recurring: rows.slice(0, pageSize), more: rows.length > pageSize };
}

export async function findRecurring(queries: Queries, accountId: string, id: string, lock = "") {
  if (id.includes("\0")) return null;
  const { rows } = await queries.query<Recurring>(
    `SELECT ${recurringColumns} FROM ${recurringFrom} WHERE r.account_id = $1 AND r.id = $2 ${lock}`,
    [accountId, id],
  );
  return rows[0] ?? null;
}
