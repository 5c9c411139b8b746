import type { Role } from "../people.ts";
import { type seededAccounts, userCount } from "./accounts.ts";
import { inventName } from "./names.ts";
import { fixedPeople } from "./people.ts";
import type { Random } from "./random.ts";

export type SeedAccount = (typeof seededAccounts)[number] & { id: string };

export type SeedUser = {
  id: string;
  account_id: string;
  name: string;
  email: string;
  role: Role;
  vip: boolean;
  status: "active" | "deactivated";
  kind: "person" | "service";
  lang: string | null;
  last_seen_at: string | null;
};

const services = ["Nightly export", "Payments sync", "Mail gateway", "Till bridge"];
const minute = 60_000;

export function seedUsers(accounts: readonly SeedAccount[], random: Random, now: number) {
  const users: SeedUser[] = [];
  const sizes = sizesOf(accounts, random);
  for (const [index, account] of accounts.entries()) {
    const own = fixedPeople.filter((person) => person.account === account.name);
    const emails = new Set(own.map(({ email }) => email));
    for (const person of own) {
      users.push({
        id: person.id ?? random.id("usr"),
        account_id: account.id,
        name: person.name,
        email: person.email,
        role: person.role,
        vip: person.vip ?? false,
        status: person.status ?? "active",
        kind: person.kind ?? "person",
        lang: person.lang ?? null,
        last_seen_at: person.seen === null ? null : iso(now - person.seen * minute),
      });
    }
    let owner = own.some(({ role }) => role === "owner");
    for (let made = own.length; made < (sizes[index] ?? 0); made++) {
      const user = invent(account, emails, random, now);
      users.push(owner ? user : { ...user, ...asOwner(random, now) });
      owner = true;
    }
  }
  return users;
}

/** The sizes of the known accounts stand; the others share the rest, large and small. */
function sizesOf(accounts: readonly SeedAccount[], random: Random): number[] {
  const weights = accounts.map(({ users }) => (users ? 0 : 0.2 + random.next() ** 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const free = userCount - accounts.reduce((sum, { users }) => sum + (users ?? 0), 0);
  const sizes = accounts.map(
    ({ users }, index) => users ?? Math.floor((free * (weights[index] ?? 0)) / total),
  );
  const missing = userCount - sizes.reduce((sum, size) => sum + size, 0);
  sizes[sizes.length - 1] = (sizes.at(-1) ?? 0) + missing;
  return sizes;
}

function invent(account: SeedAccount, emails: Set<string>, random: Random, now: number): SeedUser {
  const service = random.chance(0.01);
  const made = service
    ? { name: random.pick(services), latin: `service-${random.int(100, 999)}`, lang: null }
    : inventName(random);
  let email = `${made.latin}@${account.domain}.test`;
  for (let more = 2; emails.has(email); more++) {
    email = `${made.latin}${more}@${account.domain}.test`;
  }
  emails.add(email);
  const never = random.chance(0.06);
  return {
    id: random.id(service ? "svc" : "usr"),
    account_id: account.id,
    name: made.name,
    email,
    role: random.chance(0.05) ? "admin" : random.chance(0.2) ? "bookkeeper" : "member",
    vip: !service && random.chance(0.012),
    status: random.chance(0.04) ? "deactivated" : "active",
    kind: service ? "service" : "person",
    lang: made.lang,
    last_seen_at: never ? null : iso(now - random.next() ** 3 * 120 * 24 * 60 * minute),
  };
}

function asOwner(random: Random, now: number) {
  return {
    id: random.id("usr"),
    role: "owner" as const,
    status: "active" as const,
    kind: "person" as const,
    last_seen_at: iso(now - random.int(5, 3000) * minute),
  };
}

const iso = (at: number) => new Date(at).toISOString();
