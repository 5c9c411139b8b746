import type { ReasonCategory, Scope } from "#lib/vocabulary.ts";
import type { Random } from "../random.ts";
import { type Agent, type Customer, type Manager, seededId, type World } from "./world.ts";

export type Ticket = {
  reference: string;
  accountId: string;
  assignee: string | null;
  openedAt: number;
  /** Null: open to the end. */
  closedAt: number | null;
};
export type Visit = {
  /** What it is, in a word or two: for whoever reads what was found wrongly. */
  about: string;
  id: string;
  requestId: string;
  actor: Agent;
  customer: Customer;
  at: number;
  minutes: number;
  scope: Scope;
  category: ReasonCategory;
  ticket: string | null;
  views: number;
  writes: number;
  exports: number;
  refusals: number;
  approver: Manager | null;
  decidedAfter: number;
};
/** An ask that was refused at once. */
export type RefusedAsk = { id: string; actor: Agent; customer: Customer; at: number; code: string };
/**
 * Something that a careful reviewer would want to see, and all that belongs to it: misuse; or `careless`, against the
 * rules without harm meant, which ends in a word with the agent.
 */
export type Case = { kind: string; grade: "misuse" | "careless"; ids: string[] };

/** What happens at the desk, as it is made. What is not in a case is nobody's wrong, however it looks. */
export function makeDesk(world: World, random: Random) {
  const visits: Visit[] = [];
  const asks: RefusedAsk[] = [];
  const tickets: Ticket[] = [];
  const cases: Case[] = [];
  /** Who was away, and must stay so for what is told of them. */
  const away = new Set<Agent>();

  const ticket = (of: Pick<Ticket, "accountId" | "assignee" | "openedAt" | "closedAt">): string => {
    const reference = `SUP-${1000 + tickets.length}`;
    tickets.push({ reference, ...of });
    return reference;
  };
  const needsApproval = ({ account, isVip }: Customer) => isVip || account.tier !== "standard";
  const visit = (of: Pick<Visit, "actor" | "customer" | "at"> & Partial<Visit>): Visit => {
    const writing = of.scope === "write";
    const made: Visit = {
      about: "wrong",
      id: seededId(random),
      requestId: seededId(random),
      minutes: 3 + random.int(20),
      scope: "read",
      category: "configuration_check",
      ticket: null,
      views: 4 + random.int(24),
      writes: writing ? 1 + random.int(6) : 0,
      exports: 0,
      refusals: 0,
      approver: needsApproval(of.customer) ? random.pick(of.actor.managers) : null,
      decidedAfter: 15 + Math.floor(random.next() ** 3 * 1500),
      ...of,
    };
    visits.push(made);
    return made;
  };
  const refused = (actor: Agent, customer: Customer, at: number, code: string): RefusedAsk => {
    const made = { id: seededId(random), actor, customer, at, code };
    asks.push(made);
    return made;
  };
  /** Takes somebody's visits of a time away, as if they had not been there. */
  const stayAway = (actor: Agent, from: number, until: number): void => {
    const stay = visits.filter((one) => one.actor !== actor || one.at < from || one.at > until);
    visits.splice(0, visits.length, ...stay);
  };
  const label = (
    kind: string,
    list: readonly (Visit | RefusedAsk)[],
    grade: Case["grade"] = "misuse",
  ): void => {
    cases.push({
      kind,
      grade,
      ids: list.flatMap((one) => ("requestId" in one ? [one.id, one.requestId] : [one.id])),
    });
  };
  return {
    world,
    random,
    visits,
    asks,
    tickets,
    cases,
    ticket,
    visit,
    refused,
    stayAway,
    away,
    label,
  };
}
export type Desk = ReturnType<typeof makeDesk>;
