import type { Request } from "express";
import { pool, type Queries } from "./database.ts";
import { html, type Markup } from "./html.ts";
import { moment } from "./time.ts";
import type { Viewer } from "./viewer.ts";

export type Change = { field: string; before?: string; after?: string };

/** Writes what was done under its true author, and tells the same to Alongside if support did it. */
export async function writeHistory(
  client: Queries,
  req: Request,
  viewer: Viewer,
  entry: { about: string; resource: string; what: string; changes: readonly Change[] },
): Promise<void> {
  await client.query(
    `INSERT INTO history (account_id, about, author, session, what, changes)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      viewer.accountId,
      entry.about,
      viewer.author,
      viewer.standIn,
      entry.what,
      JSON.stringify(entry.changes),
    ],
  );
  req.impersonation?.record({ resource: entry.resource, changes: entry.changes });
}

/** What Ledger does by itself: nobody asked for it. */
export async function writeOwnHistory(
  client: Queries,
  accountId: string,
  entry: { about: string; what: string; changes: readonly Change[] },
): Promise<void> {
  await client.query(
    "INSERT INTO history (account_id, about, author, what, changes) VALUES ($1, $2, 'Ledger', $3, $4)",
    [accountId, entry.about, entry.what, JSON.stringify(entry.changes)],
  );
}

/** The last fifty entries about one thing, newest first. */
export async function historyList(accountId: string, about: string): Promise<Markup> {
  const { rows } = await pool.query<{ at: Date; author: string; what: string; changes: Change[] }>(
    `SELECT at, author, what, changes FROM history WHERE account_id = $1 AND about = $2
     ORDER BY id DESC LIMIT 50`,
    [accountId, about],
  );
  if (rows.length === 0) return html`<p class="mild">Nobody has changed this yet.</p>`;
  return html`<ol class="history">${rows.map(
    ({ at, author, what, changes }) => html`<li>
<p><strong>${author}</strong> ${what} ${moment(at)}</p>
${
  changes.length > 0 &&
  html`<ul>${changes.map(
    (change) =>
      html`<li>${change.field}: ${
        change.before ? html`<del>${change.before}</del> ` : ""
      }<ins>${change.after || "empty"}</ins></li>`,
  )}</ul>`
}</li>`,
  )}</ol>`;
}
