import type { Desk } from "./desk.ts";
import type { Story } from "./story.ts";
import { tell } from "./tell.ts";
import { at, type When } from "./unusual.ts";

/** Late in the evening, without the approval that a regulated account wants; reviewed the next morning. */
export function withoutApproval(
  desk: Desk,
  { random }: When,
  name: string,
  day: string,
  by: string,
): Story[] {
  const [actor, reviewer] = [desk.byName(name), desk.byName(by)];
  const customer = desk.strangerTo(actor, random, ({ because }) => because.includes("regulated"));
  const story = tell(
    desk,
    {
      ...{ actor, at: at(day, 20 * 60 + 35, actor), customer, category: "incident" },
      reason:
        "Their invoices go out with another customer’s address at midnight; I have to see which.",
      ...{ minutes: 15, seconds: 340, cause: "actor", isApproved: true, decidedAfter: 30 },
    },
    random,
  );
  const { visit } = story;
  if (!visit) return [];
  const startedAt = new Date(story.askedAt.getTime() + 20);
  const sooner = (moment: Date) =>
    new Date(moment.getTime() - (visit.startedAt.getTime() - startedAt.getTime()));
  return [
    {
      ...story,
      vote: null,
      visit: {
        ...visit,
        startedAt,
        lastActiveAt: sooner(visit.lastActiveAt),
        endedAt: sooner(visit.endedAt),
      },
      glass: {
        by: reviewer.id,
        at: new Date(startedAt.getTime() + (11 * 60 + 25) * 60_000),
        comment: "Read the incident: it was this account, and only its invoices were looked at.",
      },
    },
  ];
}
