import type { DetectorRule } from "../facts.ts";
import { found, itemOf } from "../items.ts";
import { daysOf } from "../spoken-time.ts";

/** Each start without the approval that the policy wanted; a ticket explains none. */
export const breakGlass: DetectorRule = {
  name: "break_glass",
  reads: ["started"],
  find: ({ broken, isDisposed }) =>
    broken
      .filter(({ id }) => !isDisposed("break_glass", id))
      .map((one) => {
        const { actorId, subjectId, accountId } = one;
        return found({ detector: "break_glass", actorId, subjectId, accountId }, [
          itemOf(one, { note: "nobody approved" }),
        ]);
      }),
  words({ items }, zone) {
    const [item] = items;
    return `Started as ${item?.subject} (${item?.account}) on ${daysOf(items, zone)} without the approval that the policy wanted.`;
  },
};
