import { pool } from "./database.ts";
import { hashOf } from "./secrets.ts";

/** Wrong ones within a quarter of an hour, by whomever and wherever: then none is looked at until it is over. */
const mostWrong = 10;

export const tooMany = "Ten tries were wrong. Wait a quarter of an hour.";

/**
 * What `look` gives for a password or a code that was typed; `over` where too many were wrong before, and it was not looked at.
 * @param of whose secret it is: every form that asks for it shares the limit
 */
export async function tried<T>(
  of: string,
  look: () => Promise<T | null | false>,
): Promise<T | "wrong" | "over"> {
  const key = hashOf(of);
  // Counted before it is looked at, so that many at once are not many tries.
  await pool.query("DELETE FROM tries WHERE since < now() - interval '15 minutes'");
  const { rows } = await pool.query<{ wrong: number }>(
    `INSERT INTO tries (of_hash, wrong) VALUES ($1, 1)
     ON CONFLICT (of_hash) DO UPDATE SET wrong = tries.wrong + 1 RETURNING wrong`,
    [key],
  );
  if ((rows[0]?.wrong ?? 0) > mostWrong) return "over";
  const found = await look();
  if (found === null || found === false) return "wrong";
  await pool.query("DELETE FROM tries WHERE of_hash = $1", [key]);
  return found;
}
