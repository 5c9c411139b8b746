import { randomBytes } from "node:crypto";
import type { PoolClient } from "pg";
import { nextDate, rhythms } from "../calendar.ts";
import { type Line, totalCents } from "../money.ts";
import { hashOf } from "../secrets.ts";
import { insert } from "./insert.ts";
import { type Random, randomFrom } from "./random.ts";

type Account = {
  id: string;
  name: string;
  domain: string;
  people: string[];
  clients: { id: string; name: string }[];
  paid: { number: number; at: string }[];
  has_history: boolean;
};

const services: readonly Pick<Line, "description" | "vat">[] = [
  { description: "Monthly service", vat: 21 },
  { description: "Maintenance contract", vat: 21 },
  { description: "Rent of the practice room", vat: 21 },
  { description: "Licence", vat: 21 },
  { description: "Standing delivery", vat: 9 },
  { description: "Retainer", vat: 21 },
];
const programs = [
  "Year-end bookkeeping",
  "Bank reconciliation",
  "Data warehouse",
  "Till at the counter",
];
const dayMs = 86_400_000;

/**
 * What a Ledger has that came later: what recurs, keys, invites, and a past for the page of activities. Made from what is
 * there, so that a Ledger which was filled before gets it too.
 */
export async function fillRest(client: PoolClient, now: number): Promise<void> {
  const random = randomFrom(20_261_201);
  const { rows: accounts } = await client.query<Account>(
    `SELECT a.id, a.name, split_part(min(u.email), '@', 2) AS domain,
       array_agg(u.name ORDER BY u.id) FILTER (WHERE u.role IN ('owner', 'admin', 'bookkeeper')) AS people,
       (SELECT json_agg(json_build_object('id', c.id, 'name', c.name) ORDER BY c.id) FROM clients c WHERE c.account_id = a.id) AS clients,
       (SELECT coalesce(json_agg(json_build_object('number', i.number, 'at', i.changed_at) ORDER BY i.changed_at), '[]')
        FROM (SELECT number, changed_at FROM invoices WHERE account_id = a.id AND status = 'paid'
          ORDER BY changed_at DESC LIMIT 25) i) AS paid,
       EXISTS (SELECT 1 FROM history h WHERE h.account_id = a.id) AS has_history
     FROM accounts a JOIN users u ON u.account_id = a.id AND u.status = 'active' AND u.kind = 'person'
     GROUP BY a.id ORDER BY a.id`,
  );
  await insert(
    client,
    "recurring (id, account_id, client_id, every, day, next_on, note, lines, total_cents, paused)",
    "id text, account_id text, client_id text, every text, day integer, next_on date, note text, lines jsonb, total_cents bigint, paused boolean",
    accounts.flatMap((account) => recurringOf(account, random, now)),
  );
  await insert(
    client,
    "api_keys (id, account_id, name, key_hash, last4, created_by, created_at, last_used_at)",
    "id text, account_id text, name text, key_hash text, last4 text, created_by text, created_at timestamptz, last_used_at timestamptz",
    accounts.filter(() => random.chance(0.6)).map((account) => keyOf(account, random, now)),
  );
  await insert(
    client,
    "invites (id, account_id, email, role, token_hash, invited_by, created_at, expires_at)",
    "id text, account_id text, email text, role text, token_hash text, invited_by text, created_at timestamptz, expires_at timestamptz",
    accounts.filter(() => random.chance(0.5)).map((account) => inviteOf(account, random, now)),
  );
  // An account with a history of its own has entries that would stand in the wrong order.
  await insert(
    client,
    "history (account_id, about, at, author, what, changes)",
    "account_id text, about text, at timestamptz, author text, what text, changes jsonb",
    accounts
      .filter(({ has_history }) => !has_history)
      .flatMap((account) => pastOf(account, random)),
  );
}

function recurringOf(account: Account, random: Random, now: number) {
  return Array.from({ length: random.int(3, 6) }, (_, index) => {
    const lines = Array.from({ length: random.int(1, 2) }, () => ({
      ...random.pick(services),
      quantity: random.int(1, 4),
      price_cents: random.int(20, 400) * 250,
    }));
    const every = index === 0 ? "month" : random.pick(rhythms);
    // Never today: a fresh demo makes nothing before somebody looked at it.
    const first = new Date(now + random.int(1, 27) * dayMs).toISOString().slice(0, 10);
    const day = Number(first.slice(8));
    return {
      id: random.id("rec"),
      account_id: account.id,
      client_id: random.pick(account.clients).id,
      every,
      day,
      next_on: every === "month" || random.chance(0.4) ? first : nextDate(first, "month", day),
      note: random.chance(0.3) ? "As agreed in our contract." : "",
      lines,
      total_cents: totalCents(lines),
      paused: index > 0 && random.chance(0.15),
    };
  });
}

function keyOf(account: Account, random: Random, now: number) {
  // Nobody has this key: whoever wants one makes it.
  const key = randomBytes(32).toString("base64url");
  return {
    id: random.id("key"),
    account_id: account.id,
    name: random.pick(programs),
    key_hash: hashOf(key),
    last4: key.slice(-4),
    created_by: random.pick(account.people),
    created_at: new Date(now - random.int(20, 400) * dayMs),
    last_used_at: random.chance(0.8) ? new Date(now - random.int(1, 900) * 60_000) : null,
  };
}

function inviteOf(account: Account, random: Random, now: number) {
  const created = now - random.int(30, 4000) * 60_000;
  return {
    id: random.id("inv"),
    account_id: account.id,
    email: `${random.pick(["books", "new.colleague", "reception", "office"])}@${account.domain}`,
    role: random.pick(["bookkeeper", "member"]),
    token_hash: hashOf(randomBytes(32).toString("base64url")),
    invited_by: random.pick(account.people),
    created_at: new Date(created),
    expires_at: new Date(created + 7 * dayMs),
  };
}

function pastOf(account: Account, random: Random) {
  return account.paid.map(({ number, at }) => ({
    account_id: account.id,
    about: `invoice ${number}`,
    at,
    author: random.pick(account.people),
    what: "marked the invoice as paid",
    changes: [{ field: "State", before: "Sent", after: "Paid" }],
  }));
}
