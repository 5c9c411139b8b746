import type { Request } from "express";
import { pool, type Queries, transaction } from "./database.ts";
import { type Change, writeHistory } from "./history.ts";
import type { Viewer } from "./viewer.ts";

export type Client = {
  id: string;
  name: string;
  email: string;
  city: string;
  archived: boolean;
  version: number;
};
export type ListedClient = Client & { sort_key: string; invoices: number; open: number };
export type ClientForm = Pick<Client, "name" | "email" | "city">;

const columns = "c.id, c.name, c.email, c.city, c.archived_at IS NOT NULL AS archived, c.version";
export const pageSize = 25;

/** One page by name, after the client that `after` names. `search` is looked for in name, e-mail and city. */
export async function listClients(
  accountId: string,
  archived: boolean,
  more: { after?: { sort_key: string; id: string }; search?: string } = {},
) {
  const { rows } = await pool.query<ListedClient>(
    `SELECT ${columns}, c.sort_key, count(i.*)::integer AS invoices,
       coalesce(sum(i.total_cents) FILTER (WHERE i.status = 'sent'), 0)::float8 AS open
     FROM clients c LEFT JOIN invoices i ON i.client_id = c.id
     WHERE c.account_id = $1 AND (c.archived_at IS NOT NULL) = $2
       AND ($3::text IS NULL OR (c.sort_key, c.id) > ($3, $4))
       AND ($5::text IS NULL OR position($5 IN c.sort_key) > 0
         OR position(lower($6) IN lower(c.email || ' ' || c.city)) > 0)
     GROUP BY c.id ORDER BY c.sort_key, c.id LIMIT ${pageSize + 1}`,
    [
      accountId,
      archived,
      more.after?.sort_key ?? null,
      more.after?.id ?? null,
      more.search === undefined ? null : plainOf(more.search),
      more.search ?? null,
    ],
  );
  return { clients: rows.slice(0, pageSize), more: rows.length > pageSize };
}

/** As `sort_key` has it. */
const plainOf = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();

export async function findClient(
  queries: Queries,
  accountId: string,
  id: string,
  lock = "",
): Promise<Client | null> {
  // No database takes NUL.
  if (id.includes("\0")) return null;
  const { rows } = await queries.query<Client>(
    `SELECT ${columns} FROM clients c WHERE c.account_id = $1 AND c.id = $2 ${lock}`,
    [accountId, id],
  );
  return rows[0] ?? null;
}

/** Those whom one may write an invoice to, and the one whom it is written to already. */
export async function clientChoices(accountId: string, chosen: string) {
  const { rows } = await pool.query<{ id: string; name: string }>(
    `SELECT id, name FROM clients WHERE account_id = $1 AND (archived_at IS NULL OR id = $2)
     ORDER BY sort_key, id`,
    [accountId, chosen.replaceAll("\0", "")],
  );
  return rows;
}

/** Saves what was changed, unless somebody saved the client since the form was opened (`version`). */
export async function saveClient(
  req: Request,
  viewer: Viewer,
  id: string,
  version: number,
  form: ClientForm,
): Promise<{ kind: "saved" } | { kind: "gone" } | { kind: "overtaken"; version: number }> {
  return transaction(async (db) => {
    const before = await findClient(db, viewer.accountId, id, "FOR UPDATE");
    if (!before) return { kind: "gone" };
    if (before.version !== version) return { kind: "overtaken", version: before.version };
    const changes = differences(before, form);
    if (changes.length === 0) return { kind: "saved" };
    await db.query(
      "UPDATE clients SET name = $3, email = $4, city = $5, version = version + 1 WHERE account_id = $1 AND id = $2",
      [viewer.accountId, id, form.name, form.email, form.city],
    );
    await note(db, req, viewer, { id, name: form.name }, "changed the client", changes);
    return { kind: "saved" };
  });
}

/** An archived client keeps its invoices and is offered for no new one. False when there is nothing to do. */
export async function archiveClient(
  req: Request,
  viewer: Viewer,
  id: string,
  archived: boolean,
): Promise<boolean> {
  return transaction(async (db) => {
    const client = await findClient(db, viewer.accountId, id, "FOR UPDATE");
    if (!client || client.archived === archived) return false;
    await db.query(
      `UPDATE clients SET archived_at = CASE WHEN $3 THEN now() END, version = version + 1
       WHERE account_id = $1 AND id = $2`,
      [viewer.accountId, id, archived],
    );
    await note(db, req, viewer, client, archived ? "archived the client" : "restored the client", [
      archived
        ? { field: "State", before: "Active", after: "Archived" }
        : { field: "State", before: "Archived", after: "Active" },
    ]);
    return true;
  });
}

function note(
  db: Queries,
  req: Request,
  viewer: Viewer,
  client: { id: string; name: string },
  what: string,
  changes: readonly Change[],
) {
  return writeHistory(db, req, viewer, {
    about: `client ${client.id}`,
    resource: client.name,
    what,
    changes,
  });
}

function differences(before: ClientForm, after: ClientForm): Change[] {
  const pairs: [string, string, string][] = [
    ["Name", before.name, after.name],
    ["E-mail", before.email, after.email],
    ["City", before.city, after.city],
  ];
  return pairs
    .filter(([, was, is]) => was !== is)
    .map(([field, was, is]) => ({ field, before: was, after: is }));
}
