import type { Request, Response } from "express";
import { pool } from "./database.ts";
import { env } from "./env.ts";
import { hashOf, newSecret } from "./secrets.ts";
import { takeCode, triedCode } from "./two-factor.ts";

const cookie = "ledger_step";
const flags = {
  httpOnly: true,
  sameSite: "lax",
  secure: env.url.startsWith("https:"),
  path: "/sign-in",
} as const;
const mostTries = 5;

export type Step = { userId: string; accountId: string; remember: boolean; next: string };

/** The password was right: for 5 minutes, and 5 tries, this browser may say the code. */
export async function beginStep(res: Response, step: Omit<Step, "accountId">): Promise<void> {
  const id = newSecret();
  await pool.query("DELETE FROM sign_in_steps WHERE expires_at < now()");
  await pool.query(
    `INSERT INTO sign_in_steps (id_hash, user_id, remember, next, expires_at)
     VALUES ($1, $2, $3, $4, now() + interval '5 minutes')`,
    [hashOf(id), step.userId, step.remember, step.next],
  );
  res.cookie(cookie, id, flags);
}

/** Whether this browser has still to say a code. */
export async function owesCode(req: Request): Promise<boolean> {
  const { rowCount } = await pool.query(
    "SELECT 1 FROM sign_in_steps WHERE id_hash = $1 AND expires_at > now() AND tries < $2",
    [hashOf(idOf(req)), mostTries],
  );
  return Boolean(rowCount);
}

/**
 * Takes the code. `over`: too many tries, or too late; the password is asked for again. `later`: it does not help to ask for it,
 * since too many codes of theirs were wrong.
 */
export async function finishStep(
  req: Request,
  res: Response,
  code: string,
  at: number,
): Promise<Step | "wrong" | "over" | "later"> {
  // Counted before it is looked at, so that many at once are not many tries.
  const { rows } = await pool.query<{
    user_id: string;
    account_id: string;
    remember: boolean;
    next: string;
    tries: number;
  }>(
    `UPDATE sign_in_steps s SET tries = tries + 1 FROM users u
     WHERE s.id_hash = $1 AND s.expires_at > now() AND s.tries < $2 AND u.id = s.user_id AND u.status = 'active'
     RETURNING s.user_id, u.account_id, s.remember, s.next, s.tries`,
    [hashOf(idOf(req)), mostTries],
  );
  const [row] = rows;
  if (!row) return "over";
  const taken = await triedCode(row.user_id, () => takeCode(row.user_id, code, at));
  if (taken === "over") return "later";
  if (taken === "wrong") return row.tries >= mostTries ? "over" : "wrong";
  await pool.query("DELETE FROM sign_in_steps WHERE id_hash = $1", [hashOf(idOf(req))]);
  res.clearCookie(cookie, flags);
  const { user_id: userId, account_id: accountId, remember, next } = row;
  return { userId, accountId, remember, next };
}

function idOf(req: Request): string {
  const found = new RegExp(`(?:^|;)\\s*${cookie}=([\\w-]+)`).exec(req.headers.cookie ?? "");
  return found?.[1] ?? "";
}
