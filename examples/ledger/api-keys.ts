import type { Request } from "express";
import { pool, transaction } from "./database.ts";
import { writeHistory } from "./history.ts";
import { hashOf, newId, newSecret } from "./secrets.ts";
import type { Viewer } from "./viewer.ts";

export type ApiKey = {
  id: string;
  name: string;
  last4: string;
  created_by: string;
  created_at: Date;
  last_used_at: Date | null;
};

const prefix = "ldg_";
/** More would be a leak waiting to be forgotten. */
export const mostKeys = 20;

/** Those in force, newest first. */
export async function listKeys(accountId: string): Promise<ApiKey[]> {
  const { rows } = await pool.query<ApiKey>(
    `SELECT id, name, last4, created_by, created_at, last_used_at FROM api_keys
     WHERE account_id = $1 AND revoked_at IS NULL ORDER BY created_at DESC LIMIT ${mostKeys}`,
    [accountId],
  );
  return rows;
}

/** The key, this once: only its hash is kept. Null when there are `mostKeys` already. */
export async function createKey(
  req: Request,
  viewer: Viewer,
  name: string,
): Promise<string | null> {
  const key = prefix + newSecret();
  const made = await transaction(async (client) => {
    await client.query("SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE", [viewer.accountId]);
    const { rowCount } = await client.query(
      `INSERT INTO api_keys (id, account_id, name, key_hash, last4, created_by)
       SELECT $1, $2, $3, $4, $5, $6
       WHERE (SELECT count(*) FROM api_keys WHERE account_id = $2 AND revoked_at IS NULL) < ${mostKeys}`,
      [newId("key"), viewer.accountId, name, hashOf(key), key.slice(-4), viewer.author],
    );
    if (!rowCount) return false;
    await note(client, req, viewer, "made an API key", name, key.slice(-4));
    return true;
  });
  return made ? key : null;
}

/** From now on it opens nothing. False when there is no such key. */
export async function revokeKey(req: Request, viewer: Viewer, id: string): Promise<boolean> {
  return transaction(async (client) => {
    const { rows } = await client.query<{ name: string; last4: string }>(
      `UPDATE api_keys SET revoked_at = now()
       WHERE account_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING name, last4`,
      [viewer.accountId, id.replaceAll("\0", "")],
    );
    const key = rows[0];
    if (!key) return false;
    await note(client, req, viewer, "revoked an API key", key.name, key.last4);
    return true;
  });
}

/** Whose key it is; null for anything else. Once a minute it is noted that it was used. */
export async function accountOfKey(key: string): Promise<string | null> {
  const { rows } = await pool.query<{ account_id: string }>(
    `WITH found AS (SELECT id, account_id FROM api_keys WHERE key_hash = $1 AND revoked_at IS NULL),
     used AS (UPDATE api_keys SET last_used_at = now() FROM found
       WHERE api_keys.id = found.id
         AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute'))
     SELECT account_id FROM found`,
    [hashOf(key)],
  );
  return rows[0]?.account_id ?? null;
}

function note(
  client: Parameters<typeof writeHistory>[0],
  req: Request,
  viewer: Viewer,
  what: string,
  name: string,
  last4: string,
) {
  return writeHistory(client, req, viewer, {
    about: "API keys",
    resource: "API keys",
    what,
    changes: [{ field: name, after: `ends in ${last4}` }],
  });
}
