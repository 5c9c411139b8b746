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

/** Gives what reads on, oldest first, after the entry `last`: each entry once, also one that comes late. */
export async function newsAfter(accountId: string, last: number) {
  const told = await numbersUntil(accountId, last);
  let newest = last;
  return async (): Promise<Happened[]> => {
    const { rows } = await pool.query<Happened>(
      `SELECT ${columns} FROM history WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT 100`,
      [accountId, Math.max(0, newest - lag)],
    );
    const news = rows.filter(({ id }) => !told.has(id));
    for (const { id } of news) {
      told.add(id);
      newest = Math.max(newest, id);
    }
    for (const id of told) if (id <= newest - lag) told.delete(id);
    return news;
  };
}

/** The numbers of what was before: entries among them that come late are new all the same. */
async function numbersUntil(accountId: string, last: number): Promise<Set<number>> {
  const { rows } = await pool.query<{ id: number }>(
    "SELECT id::float8 AS id FROM history WHERE account_id = $1 AND id > $2 AND id <= $3",
    [accountId, Math.max(0, last - lag), last],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Gives what tells, each time, in which companies something happened since; the first time, in all. */
export function whereItHappens() {
  let newest: number | null = null;
  const known = new Set<number>();
  return async (): Promise<Set<string> | "everywhere"> => {
    const from = newest;
    const { rows } = await pool.query<{ id: number; account_id: string }>(
      from === null
        ? `SELECT id::float8 AS id, account_id FROM history ORDER BY id DESC LIMIT ${lag}`
        : "SELECT id::float8 AS id, account_id FROM history WHERE id > $1 ORDER BY id LIMIT 1000",
      from === null ? [] : [Math.max(0, from - lag)],
    );
    const news = rows.filter(({ id }) => !known.has(id));
    newest = Math.max(from ?? 0, ...rows.map(({ id }) => id));
    for (const { id } of news) known.add(id);
    for (const id of known) if (id <= newest - lag) known.delete(id);
    return from === null ? "everywhere" : new Set(news.map(({ account_id }) => account_id));
  };
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
