import type { DetectorRule } from "../facts.ts";
import { dense, found, grouped, itemOf } from "../items.ts";
import { counted, daysOf } from "../spoken-time.ts";

const monthMs = 30 * 24 * 3_600_000;

/** The same subject again and again, unexplained, within 30 days. Going on from looking to acting is one occasion. */
export const sameSubject: DetectorRule = {
  name: "same_subject",
  reads: ["started"],
  find({ starts, around, isDisposed }, rules) {
    const pairOf = (one: { actorId: string; subjectId: string }) => one.actorId + one.subjectId;
    const began = new Set(starts.filter((one) => one.began).map(pairOf));
    const counts = around.filter(
      (one) =>
        began.has(pairOf(one)) &&
        !one.explained &&
        !one.isUpgrade &&
        !isDisposed("same_subject", one.id),
    );
    return grouped(counts, pairOf).flatMap((list) => {
      const again = dense(list, monthMs, (span) => span.length >= rules.sameSubject);
      const [first] = again;
      if (!first) return [];
      const { actorId, subjectId, accountId } = first;
      const about = { detector: "same_subject", actorId, subjectId, accountId } as const;
      return [
        found(
          about,
          again.map((one) => itemOf(one)),
        ),
      ];
    });
  },
  words({ items }, zone) {
    const [item] = items;
    return `${counted(items.length, "session")} as ${item?.subject} (${item?.account}) on ${daysOf(items, zone)}, all without a ticket.`;
  },
};
