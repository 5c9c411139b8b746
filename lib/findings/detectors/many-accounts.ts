import type { Access, DetectorRule } from "../facts.ts";
import { dense, found, grouped, itemOf } from "../items.ts";
import { counted, spanOf } from "../spoken-time.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Many accounts of which none was explained, within one hour; or more within a day, for who goes slowly. */
export const manyAccounts: DetectorRule = {
  name: "many_accounts",
  reads: ["started"],
  find({ starts, around, isDisposed }, { accountsInAnHour, accountsInADay }) {
    const began = new Map<string, number>();
    for (const { actorId, at } of starts)
      began.set(actorId, Math.min(at, began.get(actorId) ?? at));
    const near = around.filter(
      ({ actorId, at }) => at >= (began.get(actorId) ?? Number.POSITIVE_INFINITY) - dayMs,
    );
    return grouped(near, ({ actorId }) => actorId).flatMap((all) => {
      const unexplained = all.filter(
        (one) => !one.explained && !isDisposed("many_accounts", one.id),
      );
      const isMany = (least: number) => (span: readonly Access[]) =>
        new Set(span.map(({ accountId }) => accountId)).size >= least;
      const fast = dense(unexplained, hourMs, isMany(accountsInAnHour));
      const slow = dense(unexplained, dayMs, isMany(accountsInADay));
      const either = new Set([...fast, ...slow]);
      const isSlow = either.size > fast.length;
      const many = new Set(unexplained.filter((one) => either.has(one)));
      const [first] = many;
      if (!first) return [];
      // What was explained in between is told beside it, and counts for nothing.
      const spanMs = isSlow ? dayMs : hourMs;
      const between = all.filter(
        (one) => many.has(one) || (one.explained && isAmid(one.at, [...many], spanMs)),
      );
      const about = { detector: "many_accounts", actorId: first.actorId } as const;
      return [
        found(
          about,
          between.map((one) => itemOf(one)),
          { within: isSlow ? "a day" : "an hour" },
        ),
      ];
    });
  },
  words({ items, figures }, zone) {
    const spanMs = figures.within === "a day" ? dayMs : hourMs;
    const bursts: (typeof items)[] = [];
    for (const item of items) {
      const last = bursts.at(-1);
      const before = last?.at(-1);
      if (last && before && Date.parse(item.at) - Date.parse(before.at) <= spanMs) last.push(item);
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

const isAmid = (at: number, list: readonly { at: number }[], spanMs: number): boolean =>
  list.some((one) => one.at <= at && at - one.at <= spanMs) &&
  list.some((one) => one.at >= at && one.at - at <= spanMs);
