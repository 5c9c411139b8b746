import { hash } from "@node-rs/argon2";
import type { PoolClient } from "pg";
import { transaction } from "../database.ts";
import { seededAccounts } from "./accounts.ts";
import { insert } from "./insert.ts";
import { type SeedClient, type SeedInvoice, seedClients, seedInvoices } from "./invoices.ts";
import { agents, fixedPeople, fixedTickets, ticketTitles } from "./people.ts";
import { type Random, randomFrom } from "./random.ts";
import { fillRest } from "./rest.ts";
import { type SeedAccount, type SeedUser, seedUsers } from "./users.ts";

/** With this, everybody in the demo who is a person signs in. */
const demoPassword = "ledger-demo";

/** Fills an empty Ledger, once. The people are always the same; dates count from today. */
export async function seedOnce(): Promise<boolean> {
  return transaction(async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('ledger seed'))");
    const isFirst = await once(client, "seeded", fill);
    // A Ledger from before has the first, and gets the rest.
    await once(client, "seeded the rest", fillRest);
    return isFirst;
  });
}

type Fill = (client: PoolClient, now: number) => Promise<void>;

async function once(client: PoolClient, fact: string, fillIn: Fill): Promise<boolean> {
  const done = await client.query("SELECT 1 FROM ledger_facts WHERE name = $1", [fact]);
  if (done.rowCount) return false;
  await fillIn(client, Date.now());
  await client.query("INSERT INTO ledger_facts VALUES ($1, now()::text)", [fact]);
  return true;
}

async function fill(client: PoolClient, now: number): Promise<void> {
  const random = randomFrom(20_261_124);
  const accounts: SeedAccount[] = seededAccounts.map((account) => ({
    ...account,
    id: account.id ?? random.id("acc"),
  }));
  await insert(
    client,
    "accounts (id, name, tier, impersonation, region, terms_version, address, vat_id, footer)",
    "id text, name text, tier text, impersonation text, region text, terms_version text, address text, vat_id text, footer text",
    accounts.map((account, index) => ({
      ...account,
      region: index % 5 === 2 ? "Americas" : "Europe",
      // One in ten has still to accept the terms of this spring.
      terms_version: index % 10 === 9 ? "2024-11" : "2026-05",
      address: `${index + 3} Mill Lane, ${(index % 5 === 2 ? ["Halifax", "Tacoma", "Mérida", "Rosario"] : ["Utrecht", "Galway", "Graz", "Malmö"])[index % 4]}`,
      vat_id: `NL${String(800_000_000 + index * 7919)}B01`,
      footer: `${account.name} thanks you for your trust.`,
    })),
  );

  // One hash for everybody: five thousand would take minutes, and the password is no secret.
  const password_hash = await hash(demoPassword);
  const users = seedUsers(accounts, random, now);
  await insert(
    client,
    "users (id, account_id, name, email, role, vip, status, kind, lang, last_seen_at, password_hash)",
    "id text, account_id text, name text, email text, role text, vip boolean, status text, kind text, lang text, last_seen_at timestamptz, password_hash text",
    users.map((user) => ({
      ...user,
      password_hash: user.kind === "person" ? password_hash : null,
    })),
  );

  const clients: SeedClient[] = [];
  const invoices: SeedInvoice[] = [];
  for (const account of accounts) {
    const own = seedClients(account, random);
    clients.push(...own);
    invoices.push(...seedInvoices(account, own, random, now));
  }
  await insert(
    client,
    "clients (id, account_id, name, email, city)",
    "id text, account_id text, name text, email text, city text",
    clients,
  );
  await insertInvoices(client, invoices);
  await insert(
    client,
    "tickets (id, account_id, user_id, title, status, assignee_email)",
    "id text, account_id text, user_id text, title text, status text, assignee_email text",
    seedTickets(accounts, users, random),
  );
}

async function insertInvoices(client: PoolClient, invoices: readonly SeedInvoice[]) {
  await insert(
    client,
    "invoices (account_id, number, client_id, status, issued_on, due_on, paid_on, note, total_cents, changed_at)",
    "account_id text, number integer, client_id text, status text, issued_on date, due_on date, paid_on date, note text, total_cents bigint, changed_at timestamptz",
    invoices.map((invoice) => ({ ...invoice, lines: undefined })),
  );
  await insert(
    client,
    "invoice_lines (account_id, number, position, description, quantity, price_cents, vat)",
    "account_id text, number integer, position integer, description text, quantity numeric, price_cents bigint, vat integer",
    invoices.flatMap(({ account_id, number, lines }) =>
      lines.map((line, position) => ({ account_id, number, position, ...line })),
    ),
  );
}

function seedTickets(accounts: SeedAccount[], users: SeedUser[], random: Random) {
  const accountOf = (name: string) => accounts.find((account) => account.name === name)?.id;
  const fixed = fixedTickets.map(({ id, of, title, status, assignee }) => {
    const person = fixedPeople.find(({ email }) => email === of);
    const account_id = accountOf(person?.account ?? "");
    const user = users.find((one) => one.email === of && one.account_id === account_id);
    return {
      id,
      account_id,
      user_id: user?.id ?? null,
      title,
      status,
      assignee_email: mail(assignee),
    };
  });
  const people = users.filter(({ kind, status }) => kind === "person" && status === "active");
  const taken = new Set(fixed.map(({ id }) => id));
  const more = Array.from({ length: 380 }, (_, index) => {
    const user = random.pick(people);
    const status = random.chance(0.35) ? "open" : "closed";
    return {
      id: `SUP-${4400 + index}`,
      account_id: user.account_id,
      user_id: random.chance(0.95) ? user.id : null,
      title: random.pick(ticketTitles),
      status,
      assignee_email: mail(random.chance(0.9) ? random.pick(agents) : null),
    };
  });
  return [...fixed, ...more.filter(({ id }) => !taken.has(id))];
}

const mail = (agent: string | null) => (agent === null ? null : `${agent}@alongside.test`);
