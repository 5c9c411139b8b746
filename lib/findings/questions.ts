import type { Detector } from "#lib/vocabulary.ts";
import { type Evidence, isMeant } from "./evidence.ts";
import { counted, daysOf, spanOf } from "./spoken-time.ts";

/** What the actor is asked, in words that accuse nobody; times in the actor's own zone. */
export function questionOf(detector: Detector, evidence: Evidence, zone: string): string {
  return `${whatYouDid(detector, evidence, zone)} Tell us why, in a sentence or two.`;
}

/** The same without the question: what is told once more to who has answered. */
export function whatYouDid(detector: Detector, { items, figures }: Evidence, zone: string): string {
  switch (detector) {
    case "same_pair":
      return `${figures.approver} approved ${figures.byPair} of your ${figures.ofActor} requests of the last 90 days.`;
    case "quick_approval":
      return `You approved ${counted(items.length, "request")} within ${figures.seconds} s of the ask, on ${daysOf(items, zone)}.`;
    case "refusals": {
      const sum = items.reduce((all, { count }) => all + count, 0);
      return `${counted(sum, "thing")} that you tried ${sum === 1 ? "was" : "were"} refused, ${spanOf(items, zone)}.`;
    }
    case "break_glass": {
      const [item] = items;
      return `You started without the approval that was wanted, as ${item?.subject} (${item?.account}), ${spanOf(items, zone)}.`;
    }
    case "look_closer": {
      const [item] = items;
      return `You stood in for ${item?.subject} (${item?.account}), ${spanOf(items, zone)}, and who looked at it afterwards has a question.`;
    }
    default: {
      const meant = items.filter((item) => isMeant(detector, item));
      const people = [...new Set(meant.map(({ subject, account }) => `${subject} (${account})`))];
      const some = people.slice(0, 3).join(", ");
      const more = people.length > 3 ? ` and ${people.length - 3} more` : "";
      const looked = `You looked as ${some}${more}, ${spanOf(meant, zone)}.`;
      return detector === "beyond_ticket"
        ? `${looked} That is more than a ticket usually takes.`
        : `${looked} We saw no open ticket of that account assigned to you then.`;
    }
  }
}
