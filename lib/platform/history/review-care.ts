import { addDays, companyZone, dayIn, timeAt } from "#db/seed/history/calendar.ts";
import { mirela } from "#db/seed/history/people.ts";
import { compareWithRoster } from "#lib/reviews/compare.ts";
import { remindDue } from "#lib/reviews/remind.ts";
import type { Step } from "./review-days.ts";
import { good, type PastItem, type ReviewDesk, signedIn } from "./review-desk.ts";

/** The worker's reminders, at an hour at which it is past nine for every reviewer. */
export function reminding({ clock, to }: ReviewDesk, openedAt: Date, lastDay: string): Step[] {
  const steps: Step[] = [];
  for (let day = dayIn(companyZone, openedAt); day <= lastDay; day = addDays(day, 1)) {
    const at = timeAt(day, 16 * 60 + 1, companyZone);
    if (at > openedAt)
      steps.push({ at, run: () => clock.at(at, () => remindDue(to.byWorker, at)) });
  }
  return steps;
}

/** Compliance holds the population against what the company's directory gave out: who has left is not in it. */
export function comparing(
  desk: ReviewDesk,
  campaignId: string,
  items: readonly PastItem[],
  day: string,
): Step[] {
  const at = timeAt(day, 11 * 60, companyZone);
  const there = items.filter(({ hasLeft }) => !hasLeft);
  const lines = new Set(there.map(({ name, email }) => `${email},${name},active`));
  const roster = ["email,name,status", ...lines, ""].join("\n");
  const fileName = `directory-${day}.csv`;
  return [
    {
      at: new Date(at.getTime() - 180_000),
      run: async () => {
        const ctx = await signedIn(desk, mirela, new Date(at.getTime() - 180_000));
        good(
          await desk.clock.at(at, () => compareWithRoster(ctx, { campaignId, fileName, roster })),
        );
      },
    },
  ];
}
