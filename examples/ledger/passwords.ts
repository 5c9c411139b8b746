import { hash, verify } from "@node-rs/argon2";
import { pool } from "./database.ts";
import { tried } from "./tries.ts";

/** Verified when nobody has the e-mail, so that the answer takes as long as for who exists. */
const nobodysHash = hash("nobody");

/** Looks whether it is this user's password: at the sign-in, and again where a stolen browser must not be enough. */
export const checkPassword = (userId: string, typed: string): Promise<true | "wrong" | "over"> =>
  tried(`password ${userId}`, () => isPasswordOf(userId, typed));

/** Counts and answers as for a wrong password: at the sign-in, for an e-mail that nobody has. */
export async function checkNobodys(email: string, typed: string): Promise<"wrong" | "over"> {
  // As the look for its users compares it: one address has one count, in whatever letters it is typed.
  const { rows } = await pool.query<{ address: string }>("SELECT lower($1) AS address", [email]);
  return tried<never>(`password of nobody ${rows[0]?.address}`, async () => {
    await verify(await nobodysHash, typed.slice(0, 200));
    return null;
  });
}

async function isPasswordOf(userId: string, typed: string): Promise<boolean> {
  const { rows } = await pool.query<{ password_hash: string }>(
    "SELECT password_hash FROM users WHERE id = $1 AND password_hash IS NOT NULL",
    [userId],
  );
  const known = rows[0]?.password_hash;
  return known !== undefined && verify(known, typed.slice(0, 200));
}
