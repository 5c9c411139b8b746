import type { Request } from "express";
import { pool, type Queries, transaction } from "./database.ts";
import { writeHistory } from "./history.ts";
import { forgetRecoveryCodes, makeRecoveryCodes, takeRecoveryCode } from "./recovery-codes.ts";
import { newTotpSecret, stepOf } from "./totp.ts";
import { tried } from "./tries.ts";
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

/**
 * Puts the new secret in force. Gives the recovery codes, this once; null where the code is not of this moment.
 * @param at ms since the epoch
 */
export async function confirmSecondFactor(
  req: Request,
  viewer: Viewer,
  code: string,
  at: number,
): Promise<string[] | null> {
  return change(req, viewer, "totp_pending", code, at, async (client, step) => {
    await client.query(
      "UPDATE users SET totp_secret = totp_pending, totp_pending = NULL, totp_step = $2 WHERE id = $1",
      [viewer.userId, step],
    );
    return {
      ...{ what: "turned the second factor on", field: "Second factor", after: "On" },
      done: await makeRecoveryCodes(client, viewer.userId),
    };
  });
}

/** New recovery codes in the place of those before; null where the code is none of theirs. */
export async function renewRecoveryCodes(
  req: Request,
  viewer: Viewer,
  code: string,
  at: number,
): Promise<string[] | null> {
  return change(req, viewer, "totp_secret", code, at, async (client, step) => {
    await client.query("UPDATE users SET totp_step = greatest(totp_step, $2) WHERE id = $1", [
      viewer.userId,
      step,
    ]);
    return {
      ...{ what: "made new recovery codes", field: "Recovery codes", after: "new" },
      done: await makeRecoveryCodes(client, viewer.userId),
    };
  });
}

/** Turns it off; null where the code is none of theirs. */
export async function endSecondFactor(
  req: Request,
  viewer: Viewer,
  code: string,
  at: number,
): Promise<true | null> {
  return change(req, viewer, "totp_secret", code, at, async (client) => {
    await dropFactor(client, viewer.userId);
    return {
      ...{ what: "turned the second factor off", field: "Second factor", after: "Off" },
      done: true,
    };
  });
}

/** The password is enough from now on. */
export async function dropFactor(client: Queries, userId: string): Promise<void> {
  await client.query(
    "UPDATE users SET totp_secret = NULL, totp_pending = NULL, totp_step = 0 WHERE id = $1",
    [userId],
  );
  await forgetRecoveryCodes(client, userId);
}

/** What `look` gives for a code of the factor in force, at the sign-in or after it: a few wrong ones, and none is looked at. */
export const triedCode = <T>(userId: string, look: () => Promise<T | null | false>) =>
  tried(`code ${userId}`, look);

/** Whether it is a code of this moment, or a recovery code; it then is good no more. */
export async function takeCode(userId: string, code: string, at: number): Promise<boolean> {
  return transaction(async (client) => {
    const step = await rightStep(client, userId, "totp_secret", code, at);
    if (step === null) return false;
    await client.query("UPDATE users SET totp_step = greatest(totp_step, $2) WHERE id = $1", [
      userId,
      step,
    ]);
    return true;
  });
}

type Secret = "totp_pending" | "totp_secret";
type Changed<T> = { what: string; field: string; after: string; done: T };

/** What `work` gives, where the code is right; else null, and nothing was changed. */
async function change<T>(
  req: Request,
  viewer: Viewer,
  secret: Secret,
  code: string,
  at: number,
  work: (client: Queries, step: number) => Promise<Changed<T>>,
): Promise<T | null> {
  return transaction(async (client) => {
    const step = await rightStep(client, viewer.userId, secret, code, at);
    if (step === null) return null;
    const { what, field, after, done } = await work(client, step);
    await writeHistory(client, req, viewer, {
      about: `user ${viewer.userId}`,
      resource: "second factor",
      what,
      changes: [{ field, after }],
    });
    return done;
  });
}

/** The period of a right code; 0 of a recovery code, which holds for the secret in force alone; null of any other. */
async function rightStep(
  client: Queries,
  userId: string,
  secret: Secret,
  code: string,
  at: number,
): Promise<number | null> {
  const { rows } = await client.query<{ secret: string | null; totp_step: string }>(
    `SELECT ${secret} AS secret, totp_step FROM users WHERE id = $1 FOR UPDATE`,
    [userId],
  );
  const [user] = rows;
  if (!user?.secret) return null;
  const step = stepOf(user.secret, code, at, Number(user.totp_step));
  if (step !== null || secret === "totp_pending") return step;
  return (await takeRecoveryCode(client, userId, code)) ? 0 : null;
}
