import type { Item } from "../evidence.ts";
import type { DetectorRule, Refusal } from "../facts.ts";
import { dense, found, grouped, itemOf } from "../items.ts";
import { counted, spanOf } from "../spoken-time.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Refusals in a row: within one hour, or more within a day, of one actor, in sessions and asks that nothing explains. */
export const refusals: DetectorRule = {
  name: "refusals",
  reads: ["refused"],
  find(facts, { refusalsInARow, refusalsInADay }) {
    const unexplained = facts.refusals.filter(
      (one) => !one.explained && !facts.isDisposed("refusals", one.session?.id ?? one.entryId),
    );
    return grouped(unexplained, ({ actorId }) => actorId).flatMap((list) => {
      const inAnHour = new Set(dense(list, hourMs, (span) => span.length >= refusalsInARow));
      const inADay = new Set(dense(list, dayMs, (span) => span.length >= refusalsInADay));
      const row = list.filter((one) => inAnHour.has(one) || inADay.has(one));
      const [first] = row;
      if (!first) return [];
      return [found({ detector: "refusals", actorId: first.actorId }, itemsOf(row))];
    });
  },
  words({ items }, zone) {
    const sum = items.reduce((all, { count }) => all + count, 0);
    const notes = [...new Set(items.map(({ note }) => note ?? ""))].slice(0, 3);
    return `${counted(sum, "refusal")}, ${spanOf(items, zone)}: ${notes.join("; ")}.`;
  },
};

/** Those of one session are one item, however many they are. */
function itemsOf(row: readonly Refusal[]): Item[] {
  return grouped(row, ({ session, entryId }) => session?.id ?? entryId).flatMap((list) => {
    const [first] = list;
    if (!first) return [];
    const note = wordsOf[first.event] ?? first.event;
    const at = new Date(first.at).toISOString();
    if (first.session) return [{ ...itemOf(first.session, { note, count: list.length }), at }];
    const { entryId, subjectId, subject, accountId, account } = first;
    const who = { subjectId, subject, accountId, account };
    return [
      {
        id: entryId,
        of: "entry",
        at,
        number: null,
        agent: null,
        ...who,
        explained: false,
        note,
        count: list.length,
      },
    ];
  });
}

const wordsOf: Record<string, string> = {
  "action.refused": "by the product, within a session",
  "request.refused": "asks that were refused at once",
  "request.denied": "asks that an approver denied",
  "session.refused": "starts that were refused",
  "page.refused": "pages that are not theirs to open",
};
