import { verify } from "@node-rs/argon2";
import { pool } from "./database.ts";
import { tried } from "./tries.ts";

/** Looks whether it is this user's password: asked again where a stolen browser must not be enough. */
export const checkPassword = (userId: string, typed: string): Promise<true | "wrong" | "over"> =>
  tried(`password ${userId}`, () => isPasswordOf(userId, typed));

async function isPasswordOf(userId: string, typed: string): Promise<boolean> {
  const { rows } = await pool.query<{ password_hash: string }>(
    "SELECT password_hash FROM users WHERE id = $1 AND password_hash IS NOT NULL",
    [userId],
  );
  const known = rows[0]?.password_hash;
  return known !== undefined && verify(known, typed.slice(0, 200));
}
