import type { DetectorRule, Start } from "../facts.ts";
import { found, grouped, itemOf } from "../items.ts";
import { counted, daysOf } from "../spoken-time.ts";

const dayMs = 24 * 3_600_000;

/**
 * A dormant account that wakes up, in both senses: the actor's access, unused for long (since it was given, or since the
 * last session), and the account of a customer who was not seen for as long, so that nobody there waits for help.
 */
export const dormant: DetectorRule = {
  name: "dormant",
  find({ starts, isDisposed }, { dormantDays }) {
    const fresh = starts.filter(
      (one) => one.began && !one.explained && !isDisposed("dormant", one.id),
    );
    const isLong = (one: Start, since: number | null) =>
      since !== null && one.at - since >= dormantDays * dayMs;
    const actors = fresh
      .filter((one) => isLong(one, one.usedBefore))
      .map((one) =>
        found({ detector: "dormant", actorId: one.actorId }, [itemOf(one)], {
          days: daysSince(one, one.usedBefore),
        }),
      );
    const asleep = fresh.filter((one) => isLong(one, one.subjectSeen));
    const subjects = grouped(asleep, (one) => one.actorId + one.subjectId).flatMap((list) => {
      const [first] = list;
      if (!first) return [];
      const { actorId, subjectId, accountId } = first;
      const about = { detector: "dormant", actorId, subjectId, accountId } as const;
      const figures = { subject: first.subject, days: daysSince(first, first.subjectSeen) };
      return [
        found(
          about,
          list.map((one) => itemOf(one)),
          figures,
        ),
      ];
    });
    return [...actors, ...subjects];
  },
  words({ items, figures }, zone) {
    const when = daysOf(items, zone);
    const [item] = items;
    return figures.subject
      ? `${counted(items.length, "session")} as ${item?.subject} (${item?.account}) on ${when}, without a ticket; the customer had not signed in for ${figures.days} days.`
      : `The first use of this access in ${figures.days} days, on ${when}: as ${item?.subject} (${item?.account}), without a ticket.`;
  },
};

const daysSince = (one: Start, since: number | null): number =>
  since === null ? 0 : Math.floor((one.at - since) / dayMs);
