import type { Glance } from "#lib/reviews/reviewers-progress.ts";

type Facts = {
  readerId: string;
  isOpen: boolean;
  reviewers: Pick<Glance, "first" | "fastest" | "of">;
  /** Items that nobody may decide. */
  unassigned: number;
  /** Decisions within a minute that are worth a warning. */
  rushed: number;
};

/** Whether the list of those on whom a review waits says anything: nobody learns from it that it waits on themselves alone. */
export function tellsWhoWaits({ readerId, isOpen, reviewers, unassigned, rushed }: Facts): boolean {
  if (unassigned > 0 || reviewers.fastest.some(({ most }) => most >= rushed)) return true;
  if (isOpen && reviewers.of === 1) return reviewers.first[0]?.reviewerId !== readerId;
  return reviewers.of > 0;
}
