import type { Request } from "express";
import { pool, transaction } from "./database.ts";
import { writeHistory } from "./history.ts";
import { findInvoice, type Invoice, invoiceName } from "./invoices.ts";
import { hashOf, newId, newSecret } from "./secrets.ts";
import type { Viewer } from "./viewer.ts";

export type ShareLink = { id: string; created_by: string; created_at: Date; expires_at: Date };

const days = 30;
const open = "stopped_at IS NULL AND expires_at > now()";

/** The token of a link with which anybody sees the invoice, for 30 days; null when there is no such invoice. */
export async function shareInvoice(
  req: Request,
  viewer: Viewer,
  number: number,
): Promise<string | null> {
  const token = newSecret();
  return transaction(async (client) => {
    const invoice = await findInvoice(client, viewer.accountId, number);
    if (!invoice) return null;
    await client.query(
      `INSERT INTO share_links (id, account_id, number, token_hash, created_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6))`,
      [newId("lnk"), viewer.accountId, number, hashOf(token), viewer.author, days],
    );
    await note(req, viewer, number, "made a link to the invoice", `for ${days} days`, client);
    return token;
  });
}

export async function listLinks(accountId: string, number: number): Promise<ShareLink[]> {
  const { rows } = await pool.query<ShareLink>(
    `SELECT id, created_by, created_at, expires_at FROM share_links
     WHERE account_id = $1 AND number = $2 AND ${open} ORDER BY created_at DESC LIMIT 20`,
    [accountId, number],
  );
  return rows;
}

export async function stopLink(req: Request, viewer: Viewer, number: number, id: string) {
  return transaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE share_links SET stopped_at = now() WHERE account_id = $1 AND number = $2 AND id = $3 AND ${open}`,
      [viewer.accountId, number, id.replaceAll("\0", "")],
    );
    if (!rowCount) return false;
    await note(req, viewer, number, "stopped a link to the invoice", "stopped", client);
    return true;
  });
}

export type Shared = { accountId: string; accountName: string; invoice: Invoice };

/** What a link shows, while it is open. */
export async function findShared(token: string): Promise<Shared | null> {
  const { rows } = await pool.query<{ account_id: string; number: number; name: string }>(
    `SELECT l.account_id, l.number, a.name FROM share_links l JOIN accounts a ON a.id = l.account_id
     WHERE l.token_hash = $1 AND ${open}`,
    [hashOf(token)],
  );
  const [link] = rows;
  const invoice = link && (await findInvoice(pool, link.account_id, link.number));
  return invoice ? { accountId: link.account_id, accountName: link.name, invoice } : null;
}

function note(
  req: Request,
  viewer: Viewer,
  number: number,
  what: string,
  state: string,
  client: Parameters<typeof writeHistory>[0],
) {
  return writeHistory(client, req, viewer, {
    about: `invoice ${number}`,
    resource: invoiceName(number),
    what,
    changes: [{ field: "Link", after: state }],
  });
}
