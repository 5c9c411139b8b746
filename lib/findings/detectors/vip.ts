import type { DetectorRule } from "../facts.ts";
import { foundBySubject, itemOf } from "../items.ts";
import { counted, daysOf } from "../spoken-time.ts";

/** A VIP of a customer, without an explanation; an approval is none. */
export const vip: DetectorRule = {
  name: "vip",
  reads: ["started"],
  find({ starts, isDisposed }) {
    const vips = starts.filter(
      (one) => one.began && one.isVip && !one.explained && !isDisposed("vip", one.id),
    );
    return foundBySubject("vip", vips, (one) => itemOf(one));
  },
  words({ items }, zone) {
    const [item] = items;
    return `${counted(items.length, "session")} as ${item?.subject}, a VIP of ${item?.account}, on ${daysOf(items, zone)}, without a ticket.`;
  },
};
