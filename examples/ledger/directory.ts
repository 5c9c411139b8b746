import { pool } from "./database.ts";
import { env } from "./env.ts";

const accountLines = `SELECT json_build_object('type', 'account', 'id', id, 'name', name, 'tier', tier,
  'impersonation', impersonation, 'region', region, 'terms_version', terms_version)::text AS line FROM accounts WHERE $1::text IS NULL OR id = $1 ORDER BY id`;
const userLines = `SELECT json_build_object('type', 'user', 'id', id, 'account_id', account_id, 'name', name,
  'email', email, 'role', role, 'owner', role = 'owner', 'vip', vip, 'status', status, 'kind', kind,
  'last_seen_at', to_char(last_seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'lang', lang)::text AS line FROM users WHERE $1::text IS NULL OR account_id = $1 ORDER BY id`;
const ticketLines = `SELECT json_build_object('type', 'ticket', 'id', id, 'account_id', account_id,
  'user_id', user_id, 'title', title, 'status', status, 'assignee_email', assignee_email)::text AS line
  FROM tickets WHERE $1::text IS NULL OR account_id = $1 ORDER BY id`;

/**
 * Tells Alongside who Ledger's customers are: all of them, or those of one account after a change.
 * An upsert, so that it may be repeated. @throws when Alongside does not take it.
 */
export async function pushDirectory(accountId: string | null = null): Promise<string> {
  const lines: string[] = [];
  for (const query of [accountLines, userLines, ticketLines]) {
    const { rows } = await pool.query<{ line: string }>(query, [accountId]);
    lines.push(...rows.map(({ line }) => line));
  }
  const pair = `${encodeURIComponent(env.clientId)}:${encodeURIComponent(env.clientSecret)}`;
  const response = await fetch(`${env.alongsideUrl}/api/v1/directory`, {
    method: "PUT",
    headers: {
      authorization: `Basic ${Buffer.from(pair).toString("base64")}`,
      "content-type": "application/x-ndjson",
    },
    body: `${lines.join("\n")}\n`,
    signal: AbortSignal.timeout(60_000),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`answered ${response.status}: ${answer.slice(0, 300)}`);
  return answer.slice(0, 300);
}

let waiting: NodeJS.Timeout | null = null;
const pending = new Set<string | null>();

/** Pushes soon, and again until Alongside has taken it. Changes of the same account are one push. */
export function pushSoon(accountId: string | null, afterMs = 0): void {
  pending.add(accountId);
  if (waiting) return;
  waiting = setTimeout(() => {
    waiting = null;
    void pushPending();
  }, afterMs).unref();
}

let failed = false;

async function pushPending(): Promise<void> {
  const todo = pending.has(null) ? [null] : [...pending];
  pending.clear();
  for (const accountId of todo) {
    try {
      const answer = await pushDirectory(accountId);
      if (accountId === null) console.log(`ledger: Alongside knows our customers: ${answer}`);
      failed = false;
    } catch (error) {
      if (!failed) console.log(`ledger: waiting for Alongside to take our customers (${error})`);
      failed = true;
      pushSoon(accountId, 2000);
    }
  }
}
