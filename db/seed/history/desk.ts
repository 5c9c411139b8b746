import type { ReasonCategory } from "#lib/vocabulary.ts";
import { addDays, companyZone, dayIn, type Span, timeAt } from "./calendar.ts";
import { ansel, type Colleague, rolesAt, runa } from "./people.ts";
import type { Random } from "./random.ts";
import type { Customer, Ticket } from "./story.ts";
import * as words from "./words.ts";

/** What everybody's work is told from: who is there, whom they look after, which tickets there are. */
export type Desk = ReturnType<typeof openDesk>;

/** A session's tier, of a hundred; the rest of what makes somebody sensitive comes by itself. */
const tierShares = [
  ["standard", 62],
  ["enterprise", 27],
  ["regulated", 11],
] as const;

export function openDesk(
  span: Span,
  colleagues: readonly Colleague[],
  customers: readonly Customer[],
  random: Random,
) {
  const tickets: Ticket[] = [];
  const contacts = contactsOf(customers, random.of("contacts"));
  const portfolios = new Map(
    colleagues.map(({ id, name }) => [id, portfolio(contacts, random.of(`portfolio ${name}`))]),
  );

  /** Accounts where somebody has nothing to do, by agent and account: nothing there is explained. */
  const strange = new Set<string>();
  const isOwn = (actor: Colleague, account: Customer["account"]) =>
    account.openFor.includes(actor.email) ||
    Object.values(portfolios.get(actor.id) ?? {}).some((some) =>
      some.some(([[one]]) => one?.account.id === account.id),
    );

  /** Somebody of whom this agent has no business; the account stays one of those. */
  function strangerTo(
    actor: Colleague,
    random: Random,
    isWanted: (one: Customer) => boolean = ({ because }) => because.length === 0,
  ): Customer {
    const free = customers.filter(
      (one) => isWanted(one) && !one.isAsleep && !isOwn(actor, one.account),
    );
    const fresh = free.filter(({ account }) => !strange.has(actor.id + account.id));
    const one = random.pick(fresh.length > 0 ? fresh : free);
    strange.add(actor.id + one.account.id);
    return one;
  }

  /** Somebody whom this agent would be called by. */
  function customerOf(actor: Colleague, random: Random): Customer {
    const own = portfolios.get(actor.id);
    if (!own) throw new Error("Not of the desk");
    const tier = random.weighted(tierShares);
    const account = random.chance(0.07)
      ? random.pick(
          contacts.filter(
            ([one]) => one?.account.tier === tier && !strange.has(actor.id + one.account.id),
          ),
        )
      : random.weighted(own[tier]);
    return random.weighted(account.map((one, i) => [one, 1 / (i + 1)] as const));
  }

  function newTicket(
    actor: Colleague,
    customer: Customer,
    category: ReasonCategory,
    at: Date,
    random: Random,
  ): Ticket {
    const project = category === "incident" ? "SEC" : category === "legal" ? "LEG" : "SUP";
    const openedAt = new Date(at.getTime() - random.around(90) * 60_000);
    const title = random.pick(words.reasons[category].titles);
    const closes = new Date(at.getTime() + random.around(30) * 3_600_000);
    const closedAt = closes < timeAt(addDays(span.until, 1), 0, "UTC") ? closes : null;
    const ticket: Ticket = {
      reference: "",
      project,
      customer,
      title,
      assignee: actor.email,
      openedAt,
      closedAt,
      isStale: false,
    };
    tickets.push(ticket);
    return ticket;
  }

  /** Who decides on what somebody asks at a moment: most of it their own team's manager, who is at work. */
  function approverOf(actor: Colleague, at: Date, random: Random): Colleague {
    const may = colleagues.filter(
      (one) =>
        one.id !== actor.id &&
        rolesAt(one, at).includes("manager") &&
        !(one.leftAt && one.leftAt <= at),
    );
    // The two of whom a finding tells, which looks at 90 days.
    const isPair =
      actor.name === "Nadim Ferrowe" && dayIn(companyZone, at) >= addDays(span.until, -91);
    if (isPair) return byName("Ansel Dray");
    const weightOf = (one: Colleague) => {
      const isAtWork = Math.abs(hourIn(one.zone, at) - 13) <= 6;
      const closeness = one.id === actor.managerId ? 2.4 : one.team === actor.team ? 3.4 : 0.8;
      return closeness * (isAtWork ? 1 : 0.03);
    };
    return random.weighted(may.map((one) => [one, weightOf(one)] as const));
  }
  const byName = (name: string): Colleague => {
    const found = colleagues.find((one) => one.name === name);
    if (!found) throw new Error(`${name} is not of the desk`);
    return found;
  };
  return {
    span,
    colleagues,
    customers,
    contacts,
    tickets,
    customerOf,
    strangerTo,
    newTicket,
    approverOf,
    byName,
  };
}

/** How quick and how strict the approvers are. */
export function habitsOf({ id }: Colleague): { seconds: number; denies: number } {
  if (id === runa) return { seconds: 380, denies: 0.12 };
  return id === ansel ? { seconds: 75, denies: 0.04 } : { seconds: 1150, denies: 0.18 };
}

const hourIn = (zone: string, at: Date): number =>
  Number(at.toLocaleString("en-GB", { timeZone: zone, hour: "2-digit" }));

/** Of each account the few who call, the most frequent first. */
function contactsOf(customers: readonly Customer[], random: Random): Customer[][] {
  const byAccount = new Map<string, Customer[]>();
  for (const one of customers)
    byAccount.set(one.account.id, [...(byAccount.get(one.account.id) ?? []), one]);
  return [...byAccount.values()].map((all) => {
    const members = all.filter(
      ({ because }) => !because.includes("owner") && !because.includes("vip"),
    );
    const some = Array.from({ length: 9 }, () => random.pick(members.length > 0 ? members : all));
    return [...new Set([...some.slice(0, 5), random.pick(all), ...some.slice(5)])];
  });
}

type Weighted = (readonly [Customer[], number])[];

function portfolio(
  contacts: Customer[][],
  random: Random,
): Record<(typeof tierShares)[number][0], Weighted> {
  const some = (tier: string, n: number): Weighted => {
    const of = contacts.filter(([one]) => one?.account.tier === tier);
    const drawn = new Set(Array.from({ length: n }, () => random.pick(of)));
    return [...drawn].map((account, i) => [account, 1 / (i + 1.5)] as const);
  };
  return {
    standard: some("standard", random.int(5, 8)),
    enterprise: some("enterprise", random.int(2, 3)),
    regulated: some("regulated", random.int(1, 2)),
  };
}
