import pg from "pg";
import { restingTriggers } from "#db/resting-triggers.ts";
import { copy } from "../load.ts";
import type { Desk } from "./desk.ts";
import { copyLog } from "./load-log.ts";
import type { Rows } from "./rows.ts";

const nothing = "\\N";
const time = (at: number): string => new Date(at).toISOString();

/** Copies the desk and its quarter into a migrated database, as its owner: the guards rest, keys and checks hold. */
export async function loadDesk(
  ownerUrl: string,
  productId: string,
  desk: Desk,
  rows: Rows,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("set synchronous_commit = off; begin");
    await people(client, desk);
    await directory(client, productId, desk);
    await restingTriggers(
      client,
      ["audit_entry", "audit_payload", "requests", "approvals", "sessions", "actions"],
      () => copyLog(client, productId, rows),
    );
    await client.query("commit");
    await client.query("analyze");
  } finally {
    await client.end();
  }
}

async function people(client: pg.Client, { world }: Desk): Promise<void> {
  const { agents, managers } = world;
  await copy(
    client,
    "staff (id, email, name, team, zone, created_at)",
    [...managers, ...agents],
    (one) => [one.id, one.email, one.name, one.team, one.zone, "2026-01-01"],
  );
  const roles = [
    ...managers.map(({ id }) => [id, "manager"] as const),
    ...agents.map(({ id }) => [id, "agent"] as const),
  ];
  for (const [id, role] of roles)
    await client.query(
      "insert into staff_roles (id, staff_id, role, granted_at) values (gen_random_uuid(), $1, $2, '2026-01-01')",
      [id, role],
    );
  await copy(client, "staff_sign_ins (id, staff_id)", agents, ({ id, signInId }) => [signInId, id]);
}

async function directory(
  client: pg.Client,
  product: string,
  { world, tickets }: Desk,
): Promise<void> {
  await copy(
    client,
    "accounts (id, product_id, external_id, name, tier, stance)",
    world.accounts,
    (one) => [one.id, product, `acc_${one.id}`, one.name, one.tier, "allowed"],
  );
  await copy(
    client,
    `subjects (id, product_id, account_id, external_id, name, email, role, is_vip, status, kind, last_seen_at, lang)`,
    world.customers,
    (one) => [
      one.id,
      product,
      one.account.id,
      `usr_${one.id}`,
      one.name,
      one.email,
      "member",
      one.isVip ? "t" : "f",
      "active",
      "person",
      one.seen === null ? nothing : time(one.seen),
      one.lang,
    ],
  );
  await copy(
    client,
    "tickets (product_id, reference, account_id, title, status, assignee_email, known_since)",
    tickets,
    ({ reference, accountId, assignee, openedAt, closedAt }) => [
      product,
      reference,
      accountId,
      "A question",
      closedAt === null ? "open" : "closed",
      assignee ?? nothing,
      time(openedAt),
    ],
  );
  await copy(
    client,
    "ticket_past (product_id, reference, account_id, status, assignee_email, until)",
    tickets.filter(({ closedAt }) => closedAt !== null),
    ({ reference, accountId, assignee, closedAt }) => [
      product,
      reference,
      accountId,
      "open",
      assignee ?? nothing,
      time(closedAt ?? 0),
    ],
  );
}
