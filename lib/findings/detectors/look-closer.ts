import type { DetectorRule } from "../facts.ts";
import { daysOf } from "../spoken-time.ts";

/** Somebody reviewed a session and says: look closer. It is raised with the verdict, so nothing is left to find. */
export const lookCloser: DetectorRule = {
  name: "look_closer",
  reads: [],
  find: () => [],
  words({ items, figures }, zone) {
    const [item] = items;
    return `${figures.reviewer} reviewed the session as ${item?.subject} (${item?.account}) on ${daysOf(items, zone)} and says: “${figures.comment}”`;
  },
};
