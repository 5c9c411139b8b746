import type { Found, Item } from "../evidence.ts";
import type { DetectorRule, Rules, UnderTickets } from "../facts.ts";
import { dense, found, grouped, itemOf } from "../items.ts";
import { counted, daysOf } from "../spoken-time.ts";

type UnderTicket = UnderTickets["sessions"][number];

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;

/**
 * More than a ticket explains: so many sessions as one person, so many people of the account in a day, or a ticket that
 * comes each time just before. It explains the access, and no number of them.
 */
export const beyondTicket: DetectorRule = {
  name: "beyond_ticket",
  reads: ["started"],
  find({ underTickets, isDisposed }, rules) {
    return underTickets.flatMap((under): Found[] => {
      const sessions = under.sessions
        .filter(({ isUpgrade, id }) => !isUpgrade && !isDisposed("beyond_ticket", id))
        .toSorted((a, b) => a.at - b.at);
      const notes = new Map<UnderTicket, string>();
      const mark = (list: readonly UnderTicket[], note: string) => {
        for (const one of list) if (!notes.has(one)) notes.set(one, note);
      };
      mark(again(sessions, under, rules), "again and again");
      mark(round(sessions, under, rules), "many people in one day");
      mark(fresh(sessions, rules), "the ticket came just before");
      if (notes.size === 0) return [];
      const items = [...notes].map(([one, note]) => itemOf(one, { note }));
      const about = {
        detector: "beyond_ticket",
        actorId: under.actorId,
        accountId: under.accountId,
      } as const;
      const sorted = items.toSorted((a, b) => (a.at < b.at ? -1 : 1));
      return [found(about, sorted, { tickets: under.tickets })];
    });
  },
  words({ items, figures }, zone) {
    const people = new Set(items.map(({ subjectId }) => subjectId)).size;
    const whom = people === 1 ? items[0]?.subject : `${people} people`;
    const under = figures.tickets === 1 ? "one ticket" : counted(Number(figures.tickets), "ticket");
    return `${counted(items.length, "session")} as ${whom} (${items[0]?.account}) on ${daysOf(items, zone)} under ${under}: ${whyOf(items)}.`;
  },
};

/** One person, more often than the tickets of their account explain. */
const again = (list: readonly UnderTicket[], { tickets }: UnderTickets, rules: Rules) =>
  grouped(list, ({ subjectId }) => subjectId).flatMap((same) =>
    dense(same, 30 * dayMs, (span) => span.length > rules.sessionsOfATicket * tickets),
  );

/** More people of the account within a day than a ticket is about. */
const round = (list: readonly UnderTicket[], { tickets }: UnderTickets, rules: Rules) =>
  dense(
    list,
    dayMs,
    (span) =>
      new Set(span.map(({ subjectId }) => subjectId)).size > rules.peopleOfATicket * tickets,
  );

/** The same person, each time under a ticket that came minutes before. */
function fresh(list: readonly UnderTicket[], { freshTicketMinutes, freshTickets }: Rules) {
  const young = list.filter(
    ({ knownFor }) => knownFor !== null && knownFor <= freshTicketMinutes * minuteMs,
  );
  return grouped(young, ({ subjectId }) => subjectId).flatMap((same) =>
    dense(same, 30 * dayMs, (span) => span.length >= freshTickets),
  );
}

const whyOf = (items: readonly Item[]): string =>
  [...new Set(items.map(({ note }) => note ?? ""))].filter(Boolean).join("; ");
