import type { Request } from "express";
import { pool, transaction } from "./database.ts";
import { writeHistory } from "./history.ts";
import { newTotpSecret, stepOf } from "./totp.ts";
import type { Viewer } from "./viewer.ts";

export async function hasSecondFactor(userId: string): Promise<boolean> {
  const { rows } = await pool.query<{ is_on: boolean }>(
    "SELECT totp_secret IS NOT NULL AS is_on FROM users WHERE id = $1",
    [userId],
  );
  return rows[0]?.is_on === true;
}

/** A new secret, in force once a code of it was typed in; null where there is one in force. */
export async function beginSecondFactor(userId: string): Promise<string | null> {
  const secret = newTotpSecret();
  const { rowCount } = await pool.query(
    "UPDATE users SET totp_pending = $2 WHERE id = $1 AND totp_secret IS NULL",
    [userId, secret],
  );
  return rowCount ? secret : null;
}

/** The secret that waits for its first code. */
export async function pendingSecret(userId: string): Promise<string | null> {
  const { rows } = await pool.query<{ totp_pending: string | null }>(
    "SELECT totp_pending FROM users WHERE id = $1",
    [userId],
  );
  return rows[0]?.totp_pending ?? null;
}

/** @param at ms since the epoch */
export async function confirmSecondFactor(
  req: Request,
  viewer: Viewer,
  code: string,
  at: number,
): Promise<boolean> {
  return change(req, viewer, "totp_pending", code, at, async (client, step) => {
    await client.query(
      "UPDATE users SET totp_secret = totp_pending, totp_pending = NULL, totp_step = $2 WHERE id = $1",
      [viewer.userId, step],
    );
    return ["turned the second factor on", "On"];
  });
}

export async function endSecondFactor(
  req: Request,
  viewer: Viewer,
  code: string,
  at: number,
): Promise<boolean> {
  return change(req, viewer, "totp_secret", code, at, async (client) => {
    await client.query("UPDATE users SET totp_secret = NULL, totp_step = 0 WHERE id = $1", [
      viewer.userId,
    ]);
    return ["turned the second factor off", "Off"];
  });
}

/** Whether it is a code of this moment, which then is good no more. */
export async function takeCode(userId: string, code: string, at: number): Promise<boolean> {
  return transaction(async (client) => {
    const { rows } = await client.query<{ totp_secret: string | null; totp_step: string }>(
      "SELECT totp_secret, totp_step FROM users WHERE id = $1 FOR UPDATE",
      [userId],
    );
    const [user] = rows;
    if (!user?.totp_secret) return false;
    const step = stepOf(user.totp_secret, code, at, Number(user.totp_step));
    if (step === null) return false;
    await client.query("UPDATE users SET totp_step = $2 WHERE id = $1", [userId, step]);
    return true;
  });
}

type Client = Parameters<Parameters<typeof transaction>[0]>[0];

async function change(
  req: Request,
  viewer: Viewer,
  column: "totp_pending" | "totp_secret",
  code: string,
  at: number,
  work: (client: Client, step: number) => Promise<[what: string, state: string]>,
): Promise<boolean> {
  return transaction(async (client) => {
    const { rows } = await client.query<{ secret: string | null; totp_step: string }>(
      `SELECT ${column} AS secret, totp_step FROM users WHERE id = $1 FOR UPDATE`,
      [viewer.userId],
    );
    const [user] = rows;
    const step = user?.secret ? stepOf(user.secret, code, at, Number(user.totp_step)) : null;
    if (step === null) return false;
    const [what, state] = await work(client, step);
    await writeHistory(client, req, viewer, {
      about: `user ${viewer.userId}`,
      resource: "second factor",
      what,
      changes: [{ field: "Second factor", after: state }],
    });
    return true;
  });
}
