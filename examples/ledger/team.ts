import type { Request } from "express";
import { pool, type Queries, transaction } from "./database.ts";
import { type Change, writeHistory } from "./history.ts";
import type { Role } from "./people.ts";
import { dropFactor } from "./two-factor.ts";
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
/** The roles that one may give; an account has one owner, who stays it. */
export const given = ["admin", "bookkeeper", "member"] as const;
export type Given = (typeof given)[number];
export const pageSize = 25;

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
    await noteTeam(client, req, viewer, "changed a role", [
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
    await noteTeam(client, req, viewer, "removed a member", [
      { field: member.name, before: member.role, after: "removed" },
    ]);
    return true;
  });
}

/** For who lost their device: the password is enough until they set up another. False as with `changeRole`. */
export async function dropSecondFactor(req: Request, viewer: Viewer, id: string): Promise<boolean> {
  return transaction(async (client) => {
    const member = await findMember(client, viewer, id, "FOR UPDATE");
    if (!member?.two_factor) return false;
    await dropFactor(client, id);
    await client.query("DELETE FROM sign_ins WHERE user_id = $1", [id]);
    await noteTeam(client, req, viewer, "turned a second factor off", [
      { field: member.name, before: "On", after: "Off" },
    ]);
    return true;
  });
}

/** A colleague whom one may change: neither the owner nor oneself. */
export async function findMember(queries: Queries, viewer: Viewer, id: string, lock = "") {
  const { rows } = await queries.query<Omit<Member, "sort_key" | "last_seen_at">>(
    `SELECT id, name, email, role, lang, totp_secret IS NOT NULL AS two_factor FROM users WHERE account_id = $1 AND id = $2 AND id <> $3 AND role <> 'owner'
       AND status = 'active' AND kind = 'person' ${lock}`,
    [viewer.accountId, id.replaceAll("\0", ""), viewer.userId],
  );
  return rows[0] ?? null;
}

export const noteTeam = (
  client: Queries,
  req: Request,
  viewer: Viewer,
  what: string,
  changes: readonly Change[],
) => writeHistory(client, req, viewer, { about: "team", resource: "team", what, changes });
