import { addDays, timeAt } from "#db/seed/history/calendar.ts";
import { ansel } from "#db/seed/history/people.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { atWork } from "./age.ts";
import { decideAt, type PastItem, type ReviewDesk, signedIn } from "./review-desk.ts";
import { kept, type Said } from "./review-words.ts";

/** Something that somebody does in a review, at a moment. */
export type Step = { at: Date; run: () => Promise<unknown> };

/** One thing after the other, as it was. */
export async function inOrder(steps: readonly Step[]): Promise<void> {
  for (const { run } of steps.toSorted((a, b) => a.at.getTime() - b.at.getTime())) await run();
}

export type Decided = { item: PastItem; at: Date; by: () => Ctx<StaffActor> };

/** One who comes at the last moment, and does not read. */
const isHasty = (reviewer: string): boolean => reviewer === ansel;
const secondsOf = (reviewer: string, nth: number): number =>
  isHasty(reviewer) ? 8 + (nth % 4) : 95 + ((nth * 53) % 190);

/** Each reviewer decides what is given to them, one after the other on a day between these two. */
export function decisions(
  desk: ReviewDesk,
  slug: string,
  items: readonly PastItem[],
  said: Record<string, Said>,
  [firstDay, lastDay]: readonly [string, string],
): { steps: Step[]; decided: Decided[] } {
  const hastyLast = items.toSorted(
    (a, b) => Number(isHasty(a.reviewerId ?? "")) - Number(isHasty(b.reviewerId ?? "")),
  );
  const byReviewer = Map.groupBy(hastyLast, ({ reviewerId }) => reviewerId);
  const days = Math.max(1, Math.round((Date.parse(lastDay) - Date.parse(firstDay)) / 86_400_000));
  const steps: Step[] = [];
  const decided: Decided[] = [];
  for (const [nth, [reviewer, own]] of [...byReviewer].entries()) {
    if (!reviewer) continue;
    const { zone } = desk.to.somebody(reviewer);
    const day = isHasty(reviewer)
      ? later(addDays(lastDay, -1), firstDay)
      : addDays(firstDay, Math.floor((days * (2 + nth)) / (byReviewer.size + 2)));
    const wanted = atWork(timeAt(day, 9 * 60 + 20, zone), zone);
    // Not on a Monday that has not come.
    const signedInAt =
      wanted < timeAt(lastDay, 17 * 60, zone) ? wanted : timeAt(lastDay, 9 * 60 + 20, zone);
    let ctx: Ctx<StaffActor> | null = null;
    const by = (): Ctx<StaffActor> => {
      if (!ctx) throw new Error("Nobody signed in yet");
      return ctx;
    };
    steps.push({
      at: signedInAt,
      run: async () => {
        ctx = await signedIn(desk, reviewer, signedInAt);
      },
    });
    let moment = signedInAt.getTime() + 90_000;
    for (const [i, item] of own.entries()) {
      const at = new Date(moment);
      const seconds = secondsOf(reviewer, i);
      const opens = isHasty(reviewer) ? 0 : 2;
      const words = said[item.name] ?? keptBy(item, i);
      steps.push({
        at,
        run: () =>
          decideAt(desk, by(), signedInAt, { ...item, slug }, { ...words, at, seconds, opens }),
      });
      decided.push({ item, at: new Date(moment + seconds * 1000), by });
      moment += (seconds + (isHasty(reviewer) ? 3 : 25)) * 1000;
    }
  }
  return { steps, decided };
}

const later = (a: string, b: string): string => (a < b ? b : a);

const keptBy = ({ role }: PastItem, nth: number): Said => ({
  decision: "keep",
  justification: kept[role][nth % kept[role].length] ?? "",
});
