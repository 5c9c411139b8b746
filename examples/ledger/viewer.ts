import type { NextFunction, Request, Response } from "express";
import { pool } from "./database.ts";
import { env } from "./env.ts";
import { givenName, type Role } from "./people.ts";
import { hashOf, newSecret } from "./secrets.ts";

/** For whom a page is made: a customer in their own session, or support in their place. */
export type Viewer = {
  userId: string;
  accountId: string;
  name: string;
  accountName: string;
  role: Role;
  /** Who is written into the history as the author of a change. */
  author: string;
  /** The session of the impersonation; null in the customer's own. */
  standIn: string | null;
};

declare module "express-serve-static-core" {
  interface Request {
    viewer?: Viewer;
  }
}

type Row = { user_id: string; account_id: string; name: string; account_name: string; role: Role };

const columns = "u.id AS user_id, u.account_id, u.name, a.name AS account_name, u.role";
const seenEvery = "1 minute";
const cookie = "ledger_session";

/** Sets `req.viewer`. Where support stands in, the customer's own cookie plays no part. */
export async function readViewer(req: Request, _res: Response, next: NextFunction): Promise<void> {
  if (req.impersonation) {
    const { subject, sid } = req.impersonation;
    const { rows } = await pool.query<Row>(
      `SELECT ${columns} FROM users u JOIN accounts a ON a.id = u.account_id
       WHERE u.id = $1 AND u.status = 'active'`,
      [subject.id],
    );
    const row = rows[0];
    if (row) req.viewer = viewer(row, `Ledger Support, for ${givenName(row.name)}`, sid);
  } else {
    const row = await ownSignIn(req);
    if (row) {
      req.viewer = viewer(row, row.name, null);
      await touch(req);
    }
  }
  next();
}

function viewer(row: Row, author: string, standIn: string | null): Viewer {
  return {
    userId: row.user_id,
    accountId: row.account_id,
    name: row.name,
    accountName: row.account_name,
    role: row.role,
    author,
    standIn,
  };
}

/** Who is signed in with the browser's own cookie. Changes nothing, not even when it was last seen. */
export async function ownSignIn(req: Request): Promise<Row | null> {
  const id = cookieOf(req);
  if (!id) return null;
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM sign_ins s JOIN users u ON u.id = s.user_id
     JOIN accounts a ON a.id = u.account_id
     WHERE s.id_hash = $1 AND s.expires_at > now() AND u.status = 'active'`,
    [hashOf(id)],
  );
  return rows[0] ?? null;
}

/** Of these, whose viewer is one still. An impersonation's own end is the door's business. */
export async function stillHere(open: readonly Request[]): Promise<Set<Request>> {
  const hashes = open.map((req) => hashOf(cookieOf(req) ?? ""));
  const { rows } = await pool.query<{ id_hash: string | null; user_id: string }>(
    `SELECT s.id_hash, u.id AS user_id FROM sign_ins s JOIN users u ON u.id = s.user_id
     WHERE s.id_hash = ANY($1) AND s.expires_at > now() AND u.status = 'active'
     UNION ALL SELECT NULL, id FROM users WHERE id = ANY($2) AND status = 'active'`,
    [hashes, open.flatMap(({ viewer: one }) => (one?.standIn ? [one.userId] : []))],
  );
  const found = new Set(rows.map(({ id_hash, user_id }) => `${id_hash} ${user_id}`));
  return new Set(
    open.filter(({ viewer: one }, at) =>
      found.has(`${one?.standIn ? null : hashes[at]} ${one?.userId}`),
    ),
  );
}

async function touch(req: Request): Promise<void> {
  const id = cookieOf(req);
  if (!id) return;
  await pool.query(
    `WITH seen AS (
       UPDATE sign_ins SET last_seen_at = now()
       WHERE id_hash = $1 AND last_seen_at < now() - interval '${seenEvery}' RETURNING user_id)
     UPDATE users SET last_seen_at = now() FROM seen WHERE users.id = seen.user_id`,
    [hashOf(id)],
  );
}

/** Opens a customer's own session. Remembered for 30 days, else until the browser closes or 12 h. */
export async function signIn(res: Response, userId: string, remember: boolean): Promise<void> {
  const id = newSecret();
  const hours = remember ? 30 * 24 : 12;
  await pool.query(
    `INSERT INTO sign_ins (id_hash, user_id, remember, expires_at)
     VALUES ($1, $2, $3, now() + make_interval(hours => $4))`,
    [hashOf(id), userId, remember, hours],
  );
  await pool.query("UPDATE users SET last_seen_at = now() WHERE id = $1", [userId]);
  const age = remember ? { maxAge: hours * 3_600_000 } : {};
  res.cookie(cookie, id, { ...cookieFlags, ...age });
}

export async function signOut(req: Request, res: Response): Promise<void> {
  const id = cookieOf(req);
  if (id) await pool.query("DELETE FROM sign_ins WHERE id_hash = $1", [hashOf(id)]);
  res.clearCookie(cookie, cookieFlags);
}

/** After a new password or e-mail, and with a second factor: whoever else is signed in as this user is out. */
export async function endOtherSignIns(req: Request, userId: string): Promise<void> {
  const mine = hashOf(cookieOf(req) ?? "");
  await pool.query("DELETE FROM sign_ins WHERE user_id = $1 AND id_hash <> $2", [userId, mine]);
}

const cookieFlags = {
  httpOnly: true,
  sameSite: "lax",
  secure: env.url.startsWith("https:"),
  path: "/",
} as const;

function cookieOf(req: Request): string | null {
  const found = new RegExp(`(?:^|;)\\s*${cookie}=([\\w-]+)`).exec(req.headers.cookie ?? "");
  return found?.[1] ?? null;
}
