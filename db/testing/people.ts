import { v7 as newId } from "uuid";
import type { Role, Tier } from "#lib/vocabulary.ts";
import { insert, type Row, type Sql } from "./sql.ts";

export type Subject = { id: string; account: string; product: string };

/** A member of staff with these roles, held since last year unless `since` says otherwise. */
export async function hire(
  owner: Sql,
  name: string,
  roles: readonly Role[],
  more: { id?: string; managerId?: string; since?: string } = {},
): Promise<string> {
  const id = more.id ?? newId();
  await insert(owner, "staff", {
    id,
    email: `${name}@alongside.test`,
    name,
    team: "EMEA support",
    manager_id: more.managerId ?? null,
  });
  for (const role of roles) await giveRole(owner, id, role, more.since);
  return id;
}

export async function giveRole(owner: Sql, staffId: string, role: Role, since = "1 year") {
  await owner.query(
    `insert into staff_roles (id, staff_id, role, granted_at)
     values ($1, $2, $3, clock_timestamp() - $4::interval)`,
    [newId(), staffId, role, since],
  );
}

/** Takes a role back, as a withdrawal does. */
export const takeRole = (owner: Sql, staffId: string, role: Role) =>
  owner.query(
    "update staff_roles set revoked_at = clock_timestamp() where staff_id = $1 and role = $2 and revoked_at is null",
    [staffId, role],
  );

export async function addAccount(
  owner: Sql,
  product: string,
  tier: Tier,
  more: Row = {},
): Promise<string> {
  const id = newId();
  await insert(owner, "accounts", {
    id,
    product_id: product,
    external_id: `acc_${id}`,
    name: "Northwind",
    tier,
    stance: "allowed",
    ...more,
  });
  return id;
}

export async function addSubject(
  owner: Sql,
  product: string,
  account: string,
  more: Row = {},
): Promise<Subject> {
  const id = newId();
  await insert(owner, "subjects", {
    id,
    product_id: product,
    account_id: account,
    external_id: `usr_${id}`,
    name: "Jane Doe",
    email: `${id}@northwind.test`,
    role: "member",
    status: "active",
    kind: "person",
    ...more,
  });
  return { id, account, product };
}

/** Stops all standing in; gives the stop's id. */
export async function stop(owner: Sql, by: string): Promise<string> {
  const id = newId();
  await owner.query(
    `with e as (insert into audit_entry (id, event, actor_id) values ($1, 'stop.started', $2) returning id),
       p as (insert into audit_payload (entry_id, salt, body) select id, '\\x00', '{}' from e)
     insert into global_stops (id, started_by, reason, started_entry_id) select id, $2, 'A test', id from e`,
    [id, by],
  );
  return id;
}
