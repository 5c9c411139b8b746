import { expect, test } from "vitest";
import { seededAccounts, userCount } from "./accounts.ts";
import { seedClients, seedInvoices } from "./invoices.ts";
import { fixedPeople, fixedTickets } from "./people.ts";
import { randomFrom } from "./random.ts";
import { type SeedAccount, seedUsers } from "./users.ts";

function seed() {
  const random = randomFrom(7);
  const accounts: SeedAccount[] = seededAccounts.map((account) => ({
    ...account,
    id: account.id ?? random.id("acc"),
  }));
  return { random, accounts, users: seedUsers(accounts, random, Date.UTC(2026, 10, 24)) };
}

test("the same seed gives the same people", () => {
  expect(seed().users).toEqual(seed().users);
});

test("sixty accounts and five thousand users of every kind", () => {
  const { accounts, users } = seed();
  expect(accounts).toHaveLength(60);
  expect(users).toHaveLength(userCount);
  expect(new Set(users.map(({ id }) => id)).size).toBe(userCount);
  expect(new Set(users.map(({ lang }) => lang)).size).toBeGreaterThan(12);
  expect(users.filter(({ role }) => role === "owner")).toHaveLength(60);
  for (const one of [
    users.some(({ vip }) => vip),
    users.some(({ status }) => status === "deactivated"),
    users.some(({ last_seen_at }) => last_seen_at === null),
    users.some(({ kind }) => kind === "service"),
    accounts.some(({ impersonation }) => impersonation === "opted_out"),
  ])
    expect(one).toBe(true);
  expect(accounts.filter(({ impersonation }) => impersonation === "closed")).toHaveLength(1);
});

test("an e-mail is used once in an account, and one in two accounts", () => {
  const { users } = seed();
  expect(new Set(users.map(({ account_id, email }) => account_id + email)).size).toBe(userCount);
  expect(users.filter(({ email }) => email === "ruta@tallybooks.test")).toHaveLength(2);
});

test("people and tickets that are named exist", () => {
  const names = new Set(seededAccounts.map(({ name }) => name));
  for (const { account } of fixedPeople) expect(names).toContain(account);
  const emails = fixedPeople.map(({ email }) => email);
  for (const { of } of fixedTickets) expect(emails).toContain(of);
});

test("Tallowfield has 148 invoices, the newest INV-2213", () => {
  const { accounts, random } = seed();
  const account = accounts.find(({ name }) => name === "Tallowfield Clinics");
  if (!account) throw new Error("no such account");
  const invoices = seedInvoices(account, seedClients(account, random), random, Date.now());
  expect(invoices).toHaveLength(148);
  expect(invoices[0]?.number).toBe(2213);
});
