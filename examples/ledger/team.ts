import type { Request } from "express";
import { pool, type Queries, transaction } from "./database.ts";
import { type Change, writeHistory } from "./history.ts";
import type { Role } from "./people.ts";
import { hashOf, newId, newSecret } from "./secrets.ts";
import type { Viewer } from "./viewer.ts";

export type Member = {
  id: string;
  name: string;
  email: string;
  role: Role;
  lang: string | null;
  sort_key: string;
  last_seen_at: Date | null;
  two_factor: boolean;
};
export type Invite = {
  id: string;
  email: string;
  role: Given;
  invited_by: string;
  expires_at: Date;
};

/** The roles that one may give; an account has one owner, who stays it. */
export const given = ["admin", "bookkeeper", "member"] as const;
export type Given = (typeof given)[number];
export const pageSize = 25;
export const mostInvites = 20;

/** One page by name, after the member that `after` names. */
export async function listMembers(
  accountId: string,
  after: { sort_key: string; id: string } | null,
) {
  const { rows } = await pool.query<Member>(
    `SELECT id, name, email, role, lang, sort_key, last_seen_at, totp_secret IS NOT NULL AS two_factor FROM users
     WHERE account_id = $1 AND status = 'active' AND kind = 'person'
       AND ($2::text IS NULL OR (sort_key, id) > ($2, $3))
     ORDER BY sort_key, id LIMIT ${pageSize + 1}`,
    [accountId, after?.sort_key ?? null, after?.id ?? null],
  );
  return { members: rows.slice(0, pageSize), more: rows.length > pageSize };
}

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
    if (await isMember(client, viewer.accountId, email)) return { refused: "member" };
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
    await note(client, req, viewer, "invited somebody", [{ field: email, after: role }]);
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
    await note(client, req, viewer, "withdrew an invite", [{ field: email, after: "withdrawn" }]);
    return true;
  });
}

/** False when there is no such member, or it is the owner or who asks. */
export async function changeRole(
  req: Request,
  viewer: Viewer,
  id: string,
  role: Given,
): Promise<boolean> {
  return transaction(async (client) => {
    const member = await findMember(client, viewer, id, "FOR UPDATE");
    if (!member) return false;
    if (member.role === role) return true;
    await client.query("UPDATE users SET role = $2 WHERE id = $1", [id, role]);
    await note(client, req, viewer, "changed a role", [
      { field: member.name, before: member.role, after: role },
    ]);
    return true;
  });
}

/** Out at once, in every browser. False as with `changeRole`. */
export async function removeMember(req: Request, viewer: Viewer, id: string): Promise<boolean> {
  return transaction(async (client) => {
    const member = await findMember(client, viewer, id, "FOR UPDATE");
    if (!member) return false;
    await client.query("UPDATE users SET status = 'deactivated' WHERE id = $1", [id]);
    await client.query("DELETE FROM sign_ins WHERE user_id = $1", [id]);
    await note(client, req, viewer, "removed a member", [
      { field: member.name, before: member.role, after: "removed" },
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

/** Makes the invited person a member, once; null when the link holds no more. */
export async function acceptInvite(
  token: string,
  person: { name: string; passwordHash: string },
): Promise<{ userId: string; accountId: string } | null> {
  return transaction(async (client) => {
    const found = await findInvite(client, token, "FOR UPDATE OF i");
    if (!found || (await isMember(client, found.account_id, found.email))) return null;
    const userId = newId("usr");
    await client.query(
      `INSERT INTO users (id, account_id, name, email, role, password_hash) VALUES ($1, $2, $3, $4, $5, $6)`,
      [userId, found.account_id, person.name, found.email, found.role, person.passwordHash],
    );
    await client.query("UPDATE invites SET accepted_at = now() WHERE id = $1", [found.id]);
    await client.query(
      "INSERT INTO history (account_id, about, author, what, changes) VALUES ($1, 'team', $2, 'accepted an invite', $3)",
      [found.account_id, person.name, JSON.stringify([{ field: found.email, after: found.role }])],
    );
    return { userId, accountId: found.account_id };
  });
}

async function isMember(client: Queries, accountId: string, email: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "SELECT 1 FROM users WHERE account_id = $1 AND lower(email) = lower($2)",
    [accountId, email],
  );
  return Boolean(rowCount);
}

/** A colleague whom one may change: neither the owner nor oneself. */
export async function findMember(queries: Queries, viewer: Viewer, id: string, lock = "") {
  const { rows } = await queries.query<Pick<Member, "id" | "name" | "email" | "role" | "lang">>(
    `SELECT id, name, email, role, lang FROM users WHERE account_id = $1 AND id = $2 AND id <> $3 AND role <> 'owner'
       AND status = 'active' AND kind = 'person' ${lock}`,
    [viewer.accountId, id.replaceAll("\0", ""), viewer.userId],
  );
  return rows[0] ?? null;
}

const note = (
  client: Queries,
  req: Request,
  viewer: Viewer,
  what: string,
  changes: readonly Change[],
) => writeHistory(client, req, viewer, { about: "team", resource: "team", what, changes });
