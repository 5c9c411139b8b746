import type { Item } from "../evidence.ts";
import type { Access, DetectorRule, Facts, Rules, Start } from "../facts.ts";
import { dense, foundByActor, grouped, itemOf } from "../items.ts";
import { counted, daysOf } from "../spoken-time.ts";

const weekMs = 7 * 24 * 3_600_000;

/**
 * Without a ticket where the category wants one, on a closed one, another customer's, or one that nobody knows; and
 * without any, where none is wanted, again and again.
 */
export const noTicket: DetectorRule = {
  name: "no_ticket",
  reads: ["started", "ended"],
  find(facts, rules) {
    const wrong = facts.starts.flatMap((start) => {
      if (start.explained || facts.isDisposed("no_ticket", start.id)) return [];
      const note = wrongWith(start);
      return note ? [{ ...start, note }] : [];
    });
    const known = new Set(wrong.map(({ id }) => id));
    const often = withoutOften(facts, rules).filter(({ id }) => !known.has(id));
    const list: (Access & { note: string })[] = [
      ...wrong,
      ...often.map((one) => ({ ...one, note: "no ticket, as the reason wants none" })),
    ];
    return foundByActor("no_ticket", list, ({ note, ...one }): Item => itemOf(one, { note }));
  },
  words({ items }, zone) {
    const notes = [...new Set(items.map(({ note }) => note ?? ""))];
    const some = notes.slice(0, 3).join("; ");
    const rest = notes.length > 3 ? `; and ${notes.length - 3} more` : "";
    return `${counted(items.length, "session")} on ${daysOf(items, zone)}: ${some}${rest}.`;
  },
};

/** Those within a week that name no ticket, where they are many and one of them is new. */
function withoutOften({ starts, around, isDisposed, isTicketless }: Facts, rules: Rules): Access[] {
  const began = new Set(starts.filter((one) => one.began && !one.ticket).map((one) => one.actorId));
  const without = around.filter(
    (one) =>
      began.has(one.actorId) &&
      !one.explained &&
      !one.namesTicket &&
      !one.isUpgrade &&
      !isDisposed("no_ticket", one.id),
  );
  return grouped(without, ({ actorId }) => actorId).flatMap((list) => {
    const times = isTicketless(list[0]?.actorId ?? "") ? rules.ticketlessTimes : 1;
    return dense(list, weekMs, (span) => span.length >= rules.withoutTicketInAWeek * times);
  });
}

function wrongWith(start: Start): string | null {
  const { ticket, ticketThen } = start;
  if (!ticket)
    return start.began && start.needsTicket
      ? `no ticket, though “${start.category}” wants one`
      : null;
  // The help desk may be a little behind: a ticket that nobody knows is judged when the session is over.
  if (!ticketThen)
    return start.ended && start.knowsTickets ? `the help desk does not know ${ticket}` : null;
  if (!start.began) return null;
  if (ticketThen.accountId !== start.accountId) return `${ticket} is another customer’s`;
  return ticketThen.isOpen ? null : `${ticket} was closed`;
}
