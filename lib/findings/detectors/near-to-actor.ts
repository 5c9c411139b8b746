import type { DetectorRule, Near, Rules } from "../facts.ts";
import { foundBySubject, itemOf } from "../items.ts";
import { counted, daysOf } from "../spoken-time.ts";

/** A namesake, where the name is not a common one, or somebody of the actor's own mail domain. */
export const nearToActor: DetectorRule = {
  name: "near_to_actor",
  reads: ["started"],
  find({ starts, isDisposed }, rules) {
    const near = starts.flatMap((start) => {
      if (!start.began || start.explained || !start.near) return [];
      if (isDisposed("near_to_actor", start.id) || isCommon(start.near, rules)) return [];
      return [{ ...start, near: start.near }];
    });
    return foundBySubject(
      "near_to_actor",
      near,
      (one) => itemOf(one),
      (first) => ({ because: because(first.near) }),
    );
  },
  words({ items, figures }, zone) {
    const [item] = items;
    return `${counted(items.length, "session")} as ${item?.subject} (${item?.account}) on ${daysOf(items, zone)}, without a ticket: ${figures.because}.`;
  },
};

/** By chance somebody meets a namesake of a common name; of one that few have, hardly. */
function isCommon(near: Near, { namesakes, namesakeShare }: Rules): boolean {
  return near.by !== "domain" && near.people > Math.max(namesakes, namesakeShare * near.of);
}

function because(near: Near): string {
  switch (near.by) {
    case "name":
      return "they have the actor’s own name";
    case "surname":
      return near.people <= 1
        ? "they have the actor’s surname, and no other customer has"
        : `they have the actor’s surname, which ${near.people} customers have`;
    case "domain":
      return `their mail and the actor’s are both at ${near.what}`;
  }
}
