import { randomInt } from "node:crypto";
import { pool, type Queries } from "./database.ts";
import { hashOf } from "./secrets.ts";

export const mostCodes = 10;

/** New ones in the place of all before, each good once; kept as hashes only. */
export async function makeRecoveryCodes(client: Queries, userId: string): Promise<string[]> {
  const codes = Array.from({ length: mostCodes }, () =>
    String(randomInt(10 ** 12)).padStart(12, "0"),
  );
  await forgetRecoveryCodes(client, userId);
  await client.query(
    "INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, unnest($2::text[])",
    [userId, codes.map((code) => hashOf(userId + code))],
  );
  return codes;
}

/** Whether it is one of theirs, which then is good no more. */
export async function takeRecoveryCode(
  client: Queries,
  userId: string,
  typed: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    "DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2",
    [userId, hashOf(userId + typed.replace(/\s/g, ""))],
  );
  return Boolean(rowCount);
}

export async function forgetRecoveryCodes(client: Queries, userId: string): Promise<void> {
  await client.query("DELETE FROM recovery_codes WHERE user_id = $1", [userId]);
}

/** How many are left. */
export async function countRecoveryCodes(userId: string): Promise<number> {
  const { rows } = await pool.query<{ left: number }>(
    "SELECT count(*)::integer AS left FROM recovery_codes WHERE user_id = $1",
    [userId],
  );
  return rows[0]?.left ?? 0;
}
