import type { DetectorRule, Rules, Writing } from "../facts.ts";
import { foundByActor, itemOf } from "../items.ts";
import { counted, daysOf } from "../spoken-time.ts";

/** Writes or exports above a floor and above what this actor usually does in a session. */
export const unusualWrites: DetectorRule = {
  name: "unusual_writes",
  reads: ["written"],
  find({ writings, isDisposed }, rules) {
    const unusual = writings.flatMap((one) => {
      if (one.explained || isDisposed("unusual_writes", one.id)) return [];
      const note = excess(one, rules);
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
