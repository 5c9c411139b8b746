import type { Found } from "../evidence.ts";
import type { Access, DetectorRule, Rules } from "../facts.ts";
import { dense, found, grouped, itemOf } from "../items.ts";
import { counted, daysOf } from "../spoken-time.ts";

const dayMs = 24 * 3_600_000;

/**
 * The same subject again and again, unexplained, within 30 days, or more slowly within 90; or the same account, as one
 * and another of its people.
 */
export const sameSubject: DetectorRule = {
  name: "same_subject",
  reads: ["started"],
  find({ starts, around, isDisposed, isTicketless }, rules) {
    const accountOf = (one: Access) => `${one.actorId} ${one.accountId}`;
    const began = new Set(starts.filter((one) => one.began).map(accountOf));
    const counts = around.filter(
      (one) =>
        began.has(accountOf(one)) &&
        !one.explained &&
        !one.isUpgrade &&
        !isDisposed("same_subject", one.id),
    );
    return grouped(counts, accountOf).flatMap((list) => {
      const times = isTicketless(list[0]?.actorId ?? "") ? rules.ticketlessTimes : 1;
      const subjects = grouped(occasionsOf(list), ({ subjectId }) => subjectId);
      const least = rules.sameSubject * times;
      const again = subjects.flatMap((one) => ofSubject(one, least));
      return [...again, ...ofAccount(list, rules.sameAccount * times, least)];
    });
  },
  words({ items }, zone) {
    const [item] = items;
    const people = new Set(items.map(({ subjectId }) => subjectId)).size;
    const whom =
      people > 1
        ? `as ${people} people of ${item?.account}`
        : `as ${item?.subject} (${item?.account})`;
    return `${counted(items.length, "session")} ${whom} on ${daysOf(items, zone)}, all without a ticket.`;
  },
};

function ofSubject(list: readonly Access[], least: Rules["sameSubject"]): Found[] {
  const often = new Set(dense(list, 30 * dayMs, (span) => span.length >= least));
  const slowly = new Set(dense(list, 90 * dayMs, (span) => span.length >= 2 * least));
  const again = list.filter((one) => often.has(one) || slowly.has(one));
  const [first] = again;
  if (!first) return [];
  const { actorId, subjectId, accountId } = first;
  const items = again.map((one) => itemOf(one));
  return [found({ detector: "same_subject", actorId, subjectId, accountId }, items)];
}

/** Of one person counts here what is no pattern of that person yet: whatever else is found, or comes, this stays one. */
function ofAccount(list: readonly Access[], least: number, ofOne: number): Found[] {
  const again = dense(occasionsOf(list), 30 * dayMs, (span) => {
    const people = grouped(span, ({ subjectId }) => subjectId);
    return people.reduce((sum, { length }) => sum + Math.min(length, ofOne - 1), 0) >= least;
  });
  const [first] = again;
  if (!first) return [];
  const { actorId, accountId } = first;
  const items = again.map((one) => itemOf(one));
  return [found({ detector: "same_subject", actorId, accountId }, items)];
}

/** Somebody new is helped day after day, for some weeks: what was done for them within a week is one occasion. */
function occasionsOf(list: readonly Access[]): Access[] {
  const last = new Map<string, number>();
  return list.filter((one) => {
    if (!one.isOnboarding) return true;
    const before = last.get(one.subjectId);
    if (before !== undefined && one.at - before < 7 * dayMs) return false;
    last.set(one.subjectId, one.at);
    return true;
  });
}
