import type { DetectorRule, Start } from "../facts.ts";
import { foundByActor, itemOf } from "../items.ts";
import { counted, daysOf } from "../spoken-time.ts";

/** Without a ticket where the category wants one, on a closed one, another customer's, or one that nobody knows. */
export const noTicket: DetectorRule = {
  name: "no_ticket",
  reads: ["started", "ended"],
  find({ starts, isDisposed }) {
    const without = starts.flatMap((start) => {
      if (start.explained || isDisposed("no_ticket", start.id)) return [];
      const note = wrongWith(start);
      return note ? [{ ...start, note }] : [];
    });
    return foundByActor("no_ticket", without, ({ note, ...start }) => itemOf(start, { note }));
  },
  words({ items }, zone) {
    const notes = [...new Set(items.map(({ note }) => note ?? ""))];
    const some = notes.slice(0, 3).join("; ");
    const rest = notes.length > 3 ? `; and ${notes.length - 3} more` : "";
    return `${counted(items.length, "session")} on ${daysOf(items, zone)}: ${some}${rest}.`;
  },
};

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
