import type { Request } from "express";
import { pool, type Queries, transaction } from "./database.ts";
import { hashOf, newId, newSecret } from "./secrets.ts";
import { type Given, noteTeam } from "./team.ts";
import { dropFactor } from "./two-factor.ts";
import type { Viewer } from "./viewer.ts";

export type Invite = {
  id: string;
  email: string;
  role: Given;
  invited_by: string;
  expires_at: Date;
};

export const mostInvites = 20;
const open = "accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > now()";

export async function listInvites(accountId: string): Promise<Invite[]> {
  const { rows } = await pool.query<Invite>(
    `SELECT id, email, role, invited_by, expires_at FROM invites
     WHERE account_id = $1 AND ${open} ORDER BY created_at DESC LIMIT ${mostInvites}`,
    [accountId],
  );
  return rows;
}

export type Invited = { token: string } | { refused: "member" | "many" };

/** The token of the link, this once. An earlier invite of the same address holds no more. */
export async function invite(
  req: Request,
  viewer: Viewer,
  email: string,
  role: Given,
): Promise<Invited> {
  const token = newSecret();
  return transaction(async (client) => {
    await client.query("SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE", [viewer.accountId]);
    if ((await wasHere(client, viewer.accountId, email)) === "is") return { refused: "member" };
    await client.query(
      `UPDATE invites SET withdrawn_at = now() WHERE account_id = $1 AND lower(email) = lower($2) AND ${open}`,
      [viewer.accountId, email],
    );
    const { rowCount } = await client.query(
      `INSERT INTO invites (id, account_id, email, role, token_hash, invited_by, expires_at)
       SELECT $1, $2, $3, $4, $5, $6, now() + interval '7 days'
       WHERE (SELECT count(*) FROM invites WHERE account_id = $2 AND ${open}) < ${mostInvites}`,
      [newId("inv"), viewer.accountId, email, role, hashOf(token), viewer.author],
    );
    if (!rowCount) return { refused: "many" };
    await noteTeam(client, req, viewer, "invited somebody", [{ field: email, after: role }]);
    return { token };
  });
}

/** The link opens nothing any more. False when there is no such invite. */
export async function withdrawInvite(req: Request, viewer: Viewer, id: string): Promise<boolean> {
  return transaction(async (client) => {
    const { rows } = await client.query<{ email: string }>(
      `UPDATE invites SET withdrawn_at = now() WHERE account_id = $1 AND id = $2 AND ${open} RETURNING email`,
      [viewer.accountId, id.replaceAll("\0", "")],
    );
    const email = rows[0]?.email;
    if (!email) return false;
    await noteTeam(client, req, viewer, "withdrew an invite", [
      { field: email, after: "withdrawn" },
    ]);
    return true;
  });
}

export type OpenInvite = {
  id: string;
  account_id: string;
  account: string;
  email: string;
  role: Given;
};

/** The invite that a link is of, while it holds. */
export async function findInvite(
  queries: Queries,
  token: string,
  lock = "",
): Promise<OpenInvite | null> {
  const { rows } = await queries.query<OpenInvite>(
    `SELECT i.id, i.account_id, a.name AS account, i.email, i.role
     FROM invites i JOIN accounts a ON a.id = i.account_id WHERE i.token_hash = $1 AND ${open} ${lock}`,
    [hashOf(token)],
  );
  return rows[0] ?? null;
}

/** Makes the invited person a member, once; who was removed comes back as who they were. Null when the link holds no more. */
export async function acceptInvite(
  token: string,
  person: { name: string; passwordHash: string },
): Promise<{ userId: string; accountId: string } | null> {
  const seen = await findInvite(pool, token);
  if (!seen) return null;
  return transaction(async (client) => {
    await client.query("SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE", [seen.account_id]);
    const found = await findInvite(client, token, "FOR UPDATE OF i");
    const before = found && (await wasHere(client, found.account_id, found.email));
    if (!found || before === "is") return null;
    const userId = before ? before.id : newId("usr");
    const values = [userId, found.account_id, person.name, found.email, found.role];
    // Their id is known elsewhere, so it stays; nothing that opened the door before does.
    await client.query(
      before
        ? `UPDATE users SET status = 'active', name = $3, email = $4, role = $5, password_hash = $6
           WHERE id = $1 AND account_id = $2`
        : "INSERT INTO users (id, account_id, name, email, role, password_hash) VALUES ($1, $2, $3, $4, $5, $6)",
      [...values, person.passwordHash],
    );
    await dropFactor(client, userId);
    await client.query("UPDATE invites SET accepted_at = now() WHERE id = $1", [found.id]);
    await client.query(
      "INSERT INTO history (account_id, about, author, what, changes) VALUES ($1, 'team', $2, 'accepted an invite', $3)",
      [found.account_id, person.name, JSON.stringify([{ field: found.email, after: found.role }])],
    );
    return { userId, accountId: found.account_id };
  });
}

/** Whether this address is a member's; of who was one and was removed the id. */
async function wasHere(
  client: Queries,
  accountId: string,
  email: string,
): Promise<"is" | { id: string } | null> {
  const { rows } = await client.query<{ id: string; is_out: boolean }>(
    `SELECT id, status = 'deactivated' AND kind = 'person' AND role <> 'owner' AS is_out
     FROM users WHERE account_id = $1 AND lower(email) = lower($2) ORDER BY is_out LIMIT 1`,
    [accountId, email],
  );
  const [one] = rows;
  if (!one) return null;
  return one.is_out ? { id: one.id } : "is";
}
