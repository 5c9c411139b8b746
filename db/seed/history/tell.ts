import type { EndCause, ReasonCategory, Scope } from "#lib/vocabulary.ts";
import { type Desk, habitsOf } from "./desk.ts";
import type { Colleague } from "./people.ts";
import type { Random } from "./random.ts";
import type { Customer, Deed, Story, Ticket, Vote } from "./story.ts";
import { visitOf } from "./visit.ts";
import * as words from "./words.ts";

/** What of a story is fixed; the rest is as it usually is. */
export type Told = {
  actor: Colleague;
  /** When the first step is taken. */
  at: Date;
  customer: Customer;
  scope?: Scope;
  category?: ReasonCategory;
  reason?: string;
  /** Null: there is none. */
  ticket?: Ticket | null;
  minutes?: number;
  seconds?: number;
  cause?: EndCause;
  deeds?: Deed[];
  approver?: Colleague;
  /** From the ask to the decision. */
  decidedAfter?: number;
  isApproved?: true;
};

const categories = [
  ["bug", 55],
  ["configuration_check", 20],
  ["onboarding", 14],
  ["customer_asked", 6],
  ["incident", 3],
  ["legal", 2],
] as const;

const lapseMinutes = 240;
const startWithinMinutes = 30;

/** One request and what came of it. */
export function tell(desk: Desk, told: Told, random: Random): Story {
  const { actor, at, customer } = told;
  const later = (from: Date, seconds: number) =>
    new Date(from.getTime() + Math.round(seconds * 1000));
  const scope = told.scope ?? "read";
  const category =
    told.category ?? (scope === "write" ? "customer_asked" : random.weighted(categories));
  const opened = random.chance(0.72);
  const askedAt = later(at, opened ? random.int(25, 140) : 0);
  const { first, next } = words.reasons[category];
  const story: Story = {
    ...{ actor: actor.id, customer, openedAt: opened ? at : null, askedAt, scope, category },
    minutes:
      told.minutes ??
      random.weighted([
        [15, 40],
        [30, 42],
        [45, 8],
        [60, 10],
      ] as const),
    reason: told.reason ?? `${random.pick(first)} ${random.pick(next)}`,
    callerCheck: random.weighted([
      ["signed_in_ticket", 55],
      ["call_back", 25],
      ["code", 8],
      ["nobody_calling", 12],
    ] as const),
    ticket:
      told.ticket === undefined
        ? desk.newTicket(actor, customer, category, at, random)
        : told.ticket,
    ...{ vote: null, closed: null, visit: null, glass: null },
  };
  const visit = (startedAt: Date, minutes: number) =>
    visitOf(actor, { ...told, scope, startedAt, minutes }, random);
  if (customer.because.length === 0)
    return { ...story, visit: visit(later(askedAt, 0.02), story.minutes) };

  const fate = told.isApproved ? 1 : random.next();
  if (fate < 0.03)
    return {
      ...story,
      closed: { how: "lapsed", at: later(askedAt, lapseMinutes * 60 + random.next() * 3) },
    };
  if (fate < 0.055)
    return { ...story, closed: { how: "cancelled", at: later(askedAt, random.int(60, 1800)) } };
  const approver = told.approver ?? desk.approverOf(actor, askedAt, random);
  const habits = habitsOf(approver);
  const decidedAt = later(
    askedAt,
    told.decidedAfter ?? Math.min(Math.max(14, random.around(habits.seconds)), lapseMinutes * 50),
  );
  if (!told.isApproved && random.chance(habits.denies)) {
    const vote: Vote = {
      by: approver.id,
      at: decidedAt,
      minutes: null,
      comment: random.pick(words.denials),
    };
    return { ...story, vote, closed: { how: "denied", at: decidedAt } };
  }
  const isShorter = !told.isApproved && story.minutes > 15 && random.chance(0.12);
  const minutes = isShorter ? 15 : story.minutes;
  const comment = isShorter ? random.pick(words.shortened) : random.pick(words.approvals) || null;
  const vote: Vote = { by: approver.id, at: decidedAt, minutes, comment };
  if (fate < 0.07)
    return {
      ...story,
      vote,
      closed: { how: "lapsed", at: later(decidedAt, startWithinMinutes * 60 + random.next() * 3) },
    };
  return {
    ...story,
    vote,
    visit: visit(later(decidedAt, Math.min(random.around(70), 1500)), minutes),
  };
}
