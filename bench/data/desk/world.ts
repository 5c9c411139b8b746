import { wallClock } from "#lib/findings/spoken-time.ts";
import type { Tier } from "#lib/vocabulary.ts";
import { nameMaker } from "../names.ts";
import type { Random } from "../random.ts";

export type Manager = { id: string; name: string; email: string; team: string; zone: string };
export type Agent = Manager & {
  signInId: string;
  managers: Manager[];
  /** How the person works: nights, weekends too, with new customers, with migrations, at the telephone. */
  habit: "day" | "night" | "on_call" | "onboarding" | "migrations" | "phone";
  /** Whether the team's help desk is the one that the product tells of. */
  hasTickets: boolean;
};
export type Account = { id: string; name: string; tier: Tier; domain: string };
export type Customer = {
  id: string;
  account: Account;
  name: string;
  email: string;
  lang: string;
  isVip: boolean;
  seen: number | null;
};
export type World = {
  agents: Agent[];
  managers: Manager[];
  accounts: Account[];
  customers: Customer[];
};

export const dayMs = 86_400_000;
/** A Monday; thirteen weeks from it, over the change of the clocks. */
export const firstDay = Date.UTC(2026, 7, 24);
export const weeks = 13;
const lastDay = firstDay + weeks * 7 * dayMs;

const teams: {
  team: string;
  zone: string;
  agents: number;
  managers: number;
  hasTickets?: boolean;
}[] = [
  { team: "Berlin", zone: "Europe/Berlin", agents: 12, managers: 3 },
  { team: "Lisbon", zone: "Europe/Lisbon", agents: 10, managers: 2 },
  { team: "New York", zone: "America/New_York", agents: 12, managers: 3 },
  { team: "Bogota", zone: "America/Bogota", agents: 8, managers: 2 },
  { team: "Kolkata", zone: "Asia/Kolkata", agents: 8, managers: 2 },
  { team: "Sydney", zone: "Australia/Sydney", agents: 6, managers: 2 },
  // A small team with one manager, who decides on all that it asks.
  { team: "Payments", zone: "Europe/Berlin", agents: 4, managers: 1 },
  // Bought last year, with a help desk of their own: nothing that they do is ever explained.
  { team: "Warsaw", zone: "Europe/Warsaw", agents: 5, managers: 2, hasTickets: false },
];

/** By the place in the team. */
const habits = new Map<number, Agent["habit"]>([
  [1, "phone"],
  [3, "night"],
  [4, "on_call"],
  [5, "onboarding"],
  [6, "migrations"],
]);

/** The same id for the same seed; of a form that every check of ids takes. */
export function seededId(random: Random): string {
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => random.int(16).toString(16)).join("");
  return `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
}

/** Sixty-five agents in seven zones, and four thousand customers. */
export function makeWorld(random: Random): World {
  const name = nameMaker(random);
  const agents: Agent[] = [];
  const managers: Manager[] = [];
  const person = (team: string, zone: string): Manager => {
    const id = seededId(random);
    return { id, name: name().name, email: `${id.slice(0, 12)}@desk.test`, team, zone };
  };
  for (const { team, zone, agents: count, managers: leading, hasTickets = true } of teams) {
    const led = Array.from({ length: leading }, () => person(team, zone));
    managers.push(...led);
    for (let n = 0; n < count; n += 1) {
      const one = person(team, zone);
      // A contractor keeps the mail of their own firm.
      if (n === 2)
        one.email = `${one.id.slice(0, 12)}@${team.toLowerCase().replace(" ", "")}-partners.test`;
      const habit = habits.get(n) ?? "day";
      agents.push({ ...one, signInId: seededId(random), managers: led, habit, hasTickets });
    }
  }
  const accounts = Array.from({ length: 800 }, (_, n): Account => {
    const chance = random.next();
    const tier = chance < 0.75 ? "standard" : chance < 0.93 ? "enterprise" : "regulated";
    return {
      id: seededId(random),
      name: `Account ${n + 1}`,
      tier,
      domain: `customer${n + 1}.test`,
    };
  });
  const customers = Array.from({ length: 4000 }, (_, n): Customer => {
    const account = random.pick(accounts);
    const { name: called, lang } = name();
    // Most were here within days; one in fifteen comes seldom, and some never came.
    const chance = random.next();
    const seen =
      chance < 0.9
        ? lastDay - random.int(3) * dayMs
        : chance < 0.97
          ? firstDay + (random.int(90) - 60) * dayMs
          : null;
    const isFree = random.next() < 0.05;
    const email = `user${n}@${isFree ? "gmail.com" : account.domain}`;
    return {
      id: seededId(random),
      account,
      name: called,
      email,
      lang,
      isVip: random.next() < 0.008,
      seen,
    };
  });
  return { agents, managers, accounts, customers };
}

/** The instant of a day's minute on the wall clock of a zone. */
export function timeIn(zone: string, day: number, minute: number): number {
  const wanted = firstDay + day * dayMs + minute * 60_000;
  const offset = (at: number): number => {
    const local = wallClock(at, zone);
    const of = new Date(at);
    const days = Math.round(
      (Date.parse(`${local.day} ${local.year} UTC`) -
        Date.UTC(of.getUTCFullYear(), of.getUTCMonth(), of.getUTCDate())) /
        dayMs,
    );
    return (
      (days * 1440 + local.minuteOfDay - (of.getUTCHours() * 60 + of.getUTCMinutes())) * 60_000
    );
  };
  return wanted - offset(wanted - offset(wanted));
}
