import { expect, it } from "vitest";
import type { UnderTickets } from "../facts.ts";
import { whatYouDid } from "../questions.ts";
import { access, agentId, factsOf, rulesOf } from "../testing.ts";
import { beyondTicket } from "./beyond-ticket.ts";

const rules = rulesOf({
  sessionsOfATicket: 5,
  peopleOfATicket: 3,
  freshTickets: 3,
  freshTicketMinutes: 5,
});
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const first = Date.parse("2026-11-02T10:00:00Z");
const subjectId = "01a20f34-9d2f-7282-a6ab-7a34d57a6100";
const accountId = "01a20f34-9d2f-7282-a6ab-7a34d57a6101";
type Session = UnderTickets["sessions"][number];

const session = (at: number, over: Partial<Session> = {}): Session => ({
  ...access({ at: first + at, subjectId, accountId, explained: true, ...over }),
  knownFor: over.knownFor ?? null,
});
const under = (sessions: Session[], tickets = 1) =>
  beyondTicket.find(
    factsOf({ underTickets: [{ actorId: agentId, accountId, sessions, tickets }] }),
    rules,
  );
const words = (found: ReturnType<typeof under>) =>
  found[0] ? beyondTicket.words(found[0].evidence, "UTC") : null;
const each = (n: number, everyMs: number, over: (i: number) => Partial<Session> = () => ({})) =>
  Array.from({ length: n }, (_, i) => session(i * everyMs, over(i)));

it("finds one person more often than a ticket explains, within 30 days", () => {
  expect(under(each(5, dayMs))).toEqual([]);
  expect(words(under(each(6, dayMs)))).toBe(
    "6 sessions as Jane Ashdown (Northwind) on 2–7 Nov under one ticket: again and again.",
  );
  expect(under(each(6, 7 * dayMs))).toEqual([]);
});

it("asks the actor about all of it, and says nothing of a ticket that was not there", () => {
  const [found] = under(each(6, dayMs));
  expect(found && whatYouDid("beyond_ticket", found.evidence, "UTC")).toBe(
    "You looked as Jane Ashdown (Northwind), 2 Nov, 10:00, to 7 Nov, 10:00. That is more than a ticket usually takes.",
  );
});

it("gives each ticket its number, and takes going on to acting for one", () => {
  expect(under(each(10, dayMs), 2)).toEqual([]);
  expect(words(under(each(11, dayMs), 2))).toContain("under 2 tickets");
  expect(under(each(9, hourMs, (i) => ({ isUpgrade: i % 2 === 1 })))).toEqual([]);
});

it("finds more people of the account in a day than a ticket is about", () => {
  const people = (n: number, everyMs: number) =>
    each(n, everyMs, (i) => ({ subjectId: `01a20f34-9d2f-7282-a6ab-7a34d57a62${10 + i}` }));
  expect(under(people(3, hourMs))).toEqual([]);
  expect(words(under(people(4, hourMs)))).toBe(
    "4 sessions as 4 people (Northwind) on 2 Nov under one ticket: many people in one day.",
  );
  expect(under(people(4, 9 * hourMs))).toEqual([]);
  expect(under(people(4, hourMs), 2)).toEqual([]);
});

it("finds tickets that come each time just before, not one that had been there", () => {
  const known = (minutes: number | null) => () => ({
    knownFor: minutes === null ? null : minutes * 60_000,
  });
  expect(under(each(3, dayMs, known(6)))).toEqual([]);
  expect(under(each(3, dayMs, known(null)))).toEqual([]);
  expect(under(each(2, dayMs, known(5)), 2)).toEqual([]);
  expect(words(under(each(3, dayMs, known(5)), 3))).toBe(
    "3 sessions as Jane Ashdown (Northwind) on 2–4 Nov under 3 tickets: the ticket came just before.",
  );
});

it("counts no more what somebody disposed of", () => {
  const sessions = each(6, dayMs);
  const isDisposed = (_: string, id: string) => id === sessions[0]?.id;
  const underTickets = [{ actorId: agentId, accountId, sessions, tickets: 1 }];
  expect(beyondTicket.find(factsOf({ underTickets, isDisposed }), rules)).toEqual([]);
});
