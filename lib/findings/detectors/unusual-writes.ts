import type { DetectorRule, Rules, Writing } from "../facts.ts";
import { dense, foundByActor, grouped, itemOf } from "../items.ts";
import { counted, daysOf } from "../spoken-time.ts";

const dayMs = 24 * 3_600_000;

/**
 * Writes or exports above a floor and above what this actor usually does in a session; or in the unexplained sessions of
 * a day together, so that nobody stays below by beginning another.
 */
export const unusualWrites: DetectorRule = {
  name: "unusual_writes",
  reads: ["written"],
  find({ writings, isDisposed }, rules) {
    const unexplained = writings.filter(
      (one) => !one.explained && !isDisposed("unusual_writes", one.id),
    );
    const isMuch = (span: readonly Writing[]) =>
      sumOf(span, "writes") > rules.writesInADay || sumOf(span, "exports") > rules.exportsInADay;
    const inMany = new Set(
      grouped(unexplained, ({ actorId }) => actorId).flatMap((list) =>
        dense(list, dayMs, (span) => span.length > 1 && isMuch(span)),
      ),
    );
    const unusual = unexplained.flatMap((one) => {
      const note = excess(one, rules) ?? (inMany.has(one) ? inOneDay(one) : null);
      return note ? [{ ...one, note }] : [];
    });
    return foundByActor("unusual_writes", unusual, (one) =>
      itemOf(one, { note: one.note, count: one.writes + one.exports }),
    );
  },
  words({ items }, zone) {
    const some = items.slice(0, 3).map(({ note, account }) => `${note}, at ${account}`);
    const rest = items.length > 3 ? `; and ${items.length - 3} more` : "";
    return `${counted(items.length, "session")} on ${daysOf(items, zone)}: ${some.join("; ")}${rest}; without a ticket.`;
  },
};

const sumOf = (list: readonly Writing[], what: "writes" | "exports"): number =>
  list.reduce((sum, one) => sum + one[what], 0);

const inOneDay = ({ writes, exports }: Writing): string =>
  [
    writes > 0 && counted(writes, "write"),
    exports > 0 && counted(exports, "export"),
    "many of them in a day",
  ]
    .filter((part) => part !== false)
    .join(", ");

function excess({ writes, exports, usual }: Writing, rules: Rules): string | null {
  const parts = [
    writes > rules.writesInASession &&
      writes > rules.timesTheUsual * usual.writes &&
      `${counted(writes, "write")}, usually ${inWords(usual.writes)}`,
    exports > rules.exportsInASession &&
      exports > rules.timesTheUsual * usual.exports &&
      `${counted(exports, "export")}, usually ${inWords(usual.exports)}`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(" and ") : null;
}

const inWords = (usual: number): string =>
  usual === 0 ? "none" : String(Math.round(usual * 10) / 10);
