import { pool } from "./database.ts";

export type Happened = { id: number; at: Date; author: string; what: string; about: string };

export const pageSize = 30;
const columns = "id::float8 AS id, at, author, what, about";

/** The last that happened in a company, newest first, before the entry that `before` names. */
export async function lastHappened(accountId: string, before: number | null) {
  const { rows } = await pool.query<Happened>(
    `SELECT ${columns} FROM history WHERE account_id = $1 AND ($2::bigint IS NULL OR id < $2)
     ORDER BY id DESC LIMIT ${pageSize + 1}`,
    [accountId, before],
  );
  return { happened: rows.slice(0, pageSize), more: rows.length > pageSize };
}

/** What an entry of a lower number that was committed later may lag behind. */
const lag = 50;

/** What happened after the entry `last`, oldest first, without those that `told` names. */
export async function happenedSince(
  accountId: string,
  last: number,
  told: ReadonlySet<number>,
): Promise<Happened[]> {
  const { rows } = await pool.query<Happened>(
    `SELECT ${columns} FROM history WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT 100`,
    [accountId, Math.max(0, last - lag)],
  );
  return rows.filter(({ id }) => !told.has(id));
}

/** The numbers of what was before: entries among them that come late are new all the same. */
export async function toldUntil(accountId: string, last: number): Promise<Set<number>> {
  const { rows } = await pool.query<{ id: number }>(
    "SELECT id::float8 AS id FROM history WHERE account_id = $1 AND id > $2 AND id <= $3",
    [accountId, Math.max(0, last - lag), last],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Where an entry leads, and how it is called there. */
export function placeOf(about: string): { href: string; label: string } {
  const [kind = "", id = ""] = about.split(" ");
  if (kind === "invoice") {
    const name = `INV-${id.padStart(4, "0")}`;
    return { href: `/invoices/${name}`, label: name };
  }
  if (kind === "client") return { href: `/clients/${id}`, label: "Client" };
  if (kind === "recurring") return { href: `/recurring/${id}`, label: "Recurring invoice" };
  if (about === "team") return { href: "/settings/team", label: "Team" };
  if (about === "API keys") return { href: "/settings/keys", label: "API keys" };
  return { href: "/settings", label: "Settings" };
}
