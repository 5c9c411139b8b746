import type { Access, DetectorRule } from "../facts.ts";
import { dense, found, grouped, itemOf } from "../items.ts";
import { counted, spanOf } from "../spoken-time.ts";

const hourMs = 3_600_000;

/** Many accounts of which none was explained, within one hour. */
export const manyAccounts: DetectorRule = {
  name: "many_accounts",
  reads: ["started"],
  find({ around, isDisposed }, { accountsInAnHour }) {
    return grouped(around, ({ actorId }) => actorId).flatMap((all) => {
      const unexplained = all.filter(
        (one) => !one.explained && !isDisposed("many_accounts", one.id),
      );
      const isMany = (span: readonly Access[]) =>
        new Set(span.map(({ accountId }) => accountId)).size >= accountsInAnHour;
      const many = new Set(dense(unexplained, hourMs, isMany));
      const [first] = many;
      if (!first) return [];
      // What was explained in between is told beside it, and counts for nothing.
      const between = all.filter(
        (one) => many.has(one) || (one.explained && isAmid(one.at, [...many])),
      );
      const about = { detector: "many_accounts", actorId: first.actorId } as const;
      return [
        found(
          about,
          between.map((one) => itemOf(one)),
        ),
      ];
    });
  },
  words({ items }, zone) {
    const bursts: (typeof items)[] = [];
    for (const item of items) {
      const last = bursts.at(-1);
      const before = last?.at(-1);
      if (last && before && Date.parse(item.at) - Date.parse(before.at) <= hourMs) last.push(item);
      else bursts.push([item]);
    }
    const sentences = bursts.map((burst) => {
      const accounts = new Set(burst.map(({ accountId }) => accountId)).size;
      const without = burst.filter(({ explained }) => !explained);
      const unexplained = new Set(without.map(({ accountId }) => accountId)).size;
      const when = spanOf(burst, zone);
      return unexplained === accounts
        ? `${counted(accounts, "account")} on ${when}; for none was there a ticket.`
        : `${counted(accounts, "account")} on ${when}; for ${unexplained} there was no ticket.`;
    });
    return sentences.join(" ");
  },
};

const isAmid = (at: number, list: readonly { at: number }[]): boolean =>
  list.some((one) => one.at <= at && at - one.at <= hourMs) &&
  list.some((one) => one.at >= at && one.at - at <= hourMs);
