import type { FindingsPolicy } from "#lib/policy/findings-policy.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { Scope } from "#lib/vocabulary.ts";
import type { Found } from "./evidence.ts";
import type { ReadKind } from "./read-on.ts";

/** A ticket as it was when a session started, whatever became of it since. */
export type TicketThen = { accountId: string; isOpen: boolean };

/** One session, as far as detectors ask. Times are milliseconds. */
export type Access = {
  id: string;
  number: number;
  scope: Scope;
  at: number;
  actorId: string;
  subjectId: string;
  subject: string;
  accountId: string;
  account: string;
  /** An open ticket of the account was assigned to the actor when it started; or, for looking only, one just closed. */
  explained: boolean;
  /** Goes on from looking to acting: no other occasion than the session before. */
  isUpgrade: boolean;
  /** Whether its request names a ticket, of whatever kind. */
  namesTicket: boolean;
  /** Acting to help somebody new, who is helped for weeks on end and opens no ticket. */
  isOnboarding: boolean;
  /** Started without the approval that the policy wanted. */
  brokeGlass: boolean;
};

/** A session that has just started (or ended), with what only then matters. */
export type Start = Access & {
  /** Whether its start, or its end, is what was just read. */
  began: boolean;
  ended: boolean;
  category: string;
  ticket: string | null;
  /** Null: the help desk's list did not have it. */
  ticketThen: TicketThen | null;
  /** Whether other tickets of the same project are known: else the product does not tell of them. */
  knowsTickets: boolean;
  needsTicket: boolean;
  isVip: boolean;
  /** When the actor last used the access, or got it; null: not known. */
  usedBefore: number | null;
  /** When the customer was last seen, as the product says; null: never. */
  subjectSeen: number | null;
  /** Whether the actor was at this account under a ticket in the 90 days before; asked only where that was long ago. */
  helpedHere: boolean;
  /**
   * The actor's sessions with an explanation, in the 30 days before; all of them where the team works without tickets.
   * Only where it started outside of hours.
   */
  usualTimes: readonly number[];
  near: Near | null;
};

/** What makes a subject near to the actor, and how many have it. */
export type Near =
  | { by: "surname" | "name"; what: string; people: number; of: number }
  | { by: "domain"; what: string };

/** What one actor did at one account under tickets of their own, in the 30 days up to what was just read. */
export type UnderTickets = {
  actorId: string;
  accountId: string;
  /** With how long one of the tickets had been known when it began, in milliseconds; null: from the beginning. */
  sessions: readonly (Access & { knownFor: number | null })[];
  /** How many there were that explain any of it. */
  tickets: number;
};

export type Writing = Access & {
  writes: number;
  exports: number;
  /** Of the actor's explained sessions for acting in the 90 days before. */
  usual: { sessions: number; writes: number; exports: number };
};

/** One thing that was refused to an actor. */
export type Refusal = {
  entryId: string;
  event: string;
  at: number;
  actorId: string;
  session: Access | null;
  subjectId: string | null;
  subject: string | null;
  accountId: string | null;
  account: string | null;
  explained: boolean;
};

/** One approval. */
export type Vote = {
  requestId: string;
  number: number;
  approverId: string;
  actorId: string;
  actor: string;
  subjectId: string;
  subject: string;
  accountId: string;
  account: string;
  askedAt: number;
  at: number;
  explained: boolean;
};

/** How much of an actor's requests one approver decides, and of those of the others of the actor's team. */
export type Pair = {
  actorId: string;
  approverId: string;
  approver: string;
  votes: readonly Vote[];
  ofActor: number;
  byPair: number;
  ofTeam: number;
  byApproverInTeam: number;
};

export type Facts = {
  starts: readonly Start[];
  /** Of those that have just started, what broke the glass, explained or not. */
  broken: readonly Access[];
  /**
   * The sessions around those: of the same actor within a day, and without a ticket within a week; of the same actor and
   * account within 90 days.
   */
  around: readonly Access[];
  underTickets: readonly UnderTickets[];
  writings: readonly Writing[];
  refusals: readonly Refusal[];
  votes: readonly Vote[];
  pairs: readonly Pair[];
  /** Whether nearly nothing that the actor's colleagues do has a ticket that we know. */
  isTicketless(actorId: string): boolean;
  zoneOf(staffId: string): string;
  /** Whether a person has disposed of this already, for this detector: it counts no more. */
  isDisposed(detector: string, id: string): boolean;
};

export type Rules = FindingsPolicy & Pick<Policy, "workingHours">;

/** A detector: `find` is pure and sees all of a pattern; `words` tells it, also when it has grown. */
export type DetectorRule = {
  name: Found["detector"];
  /** Of what was read, what it looks at: what is kept for it when it fails. */
  reads: readonly ReadKind[];
  find(facts: Facts, rules: Rules): Found[];
  words(evidence: Found["evidence"], zone: string): string;
};
