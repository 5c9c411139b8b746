import type { DetectorRule, Start } from "../facts.ts";
import { foundByActor, itemOf } from "../items.ts";
import { counted, daysOf } from "../spoken-time.ts";

const dayMs = 24 * 3_600_000;

/**
 * A dormant account that wakes up, in both senses: the actor's access, unused for long (since it was given, or since the
 * last session), and the account of a customer who was not seen for as long, so that nobody there waits for help.
 */
export const dormant: DetectorRule = {
  name: "dormant",
  reads: ["started"],
  find({ starts, isDisposed, isTicketless }, { dormantDays, unusedDays, ticketlessTimes }) {
    const awake = starts.flatMap((start) => {
      if (!start.began || start.explained || isDisposed("dormant", start.id)) return [];
      const times = isTicketless(start.actorId) ? ticketlessTimes : 1;
      const own = daysSince(start, start.usedBefore);
      const theirs = daysSince(start, start.subjectSeen);
      const notes = [
        own >= unusedDays && `this access was not used for ${own} days`,
        theirs >= dormantDays * times &&
          !isAwake(start) &&
          `${start.subject} had not signed in for ${theirs} days`,
      ].filter((note) => note !== false);
      return notes.length > 0 ? [{ ...start, note: notes.join(", and ") }] : [];
    });
    return foundByActor("dormant", awake, ({ note, ...start }) => itemOf(start, { note }));
  },
  words({ items }, zone) {
    const some = items.slice(0, 3).map(({ note, account }) => `${note}, at ${account}`);
    const rest = items.length > 3 ? `; and ${items.length - 3} more` : "";
    return `${counted(items.length, "session")} on ${daysOf(items, zone)}, without a ticket: ${some.join("; ")}${rest}.`;
  },
};

/** An open ticket of theirs says that somebody there waits, whoever has it; so does that the actor helped there before. */
const isAwake = ({ ticketThen, accountId, helpedHere }: Start): boolean =>
  helpedHere || (ticketThen?.isOpen === true && ticketThen.accountId === accountId);

const daysSince = (one: Start, since: number | null): number =>
  since === null ? 0 : Math.floor((one.at - since) / dayMs);
