import type { Policy } from "#lib/policy/policy.ts";

export const breadthWindows = ["hour", "day"] as const;
export type BreadthWindow = (typeof breadthWindows)[number];
export const windowHours: Record<BreadthWindow, number> = { hour: 1, day: 24 };

/** Whom an actor stood in for lately, each person once, and what that means for one subject. */
export type Breadth = {
  hour: number;
  day: number;
  /** When they last stood in for the subject in question, within a day. */
  knownAt: Date | null;
  liftedUntil: Date | null;
  at: Date;
};
export type BreadthAt = { window: BreadthWindow; count: number; limit: number };

/** From here on the actor is warned: four fifths. */
export const warnedShare = 0.8;
export const warnedFrom = (limit: number): number => Math.ceil(limit * warnedShare);

/** Whether the subject is one more within this window: the same person again does not count again. */
export const isNewWithin = ({ knownAt, at }: Breadth, window: BreadthWindow): boolean =>
  knownAt === null || knownAt.getTime() <= at.getTime() - windowHours[window] * 3_600_000;

/** The window in which there is no room for the subject, or null; the schema has the same rule (`sessions_breadth`). */
export function breadthReached(breadth: Breadth, limits: Policy["breadth"]): BreadthAt | null {
  if (breadth.liftedUntil) return null;
  const window = breadthWindows.find(
    (one) => isNewWithin(breadth, one) && breadth[one] >= limits[one],
  );
  return window ? { window, count: breadth[window], limit: limits[window] } : null;
}

/** The windows in which the actor has come to four fifths, the fuller one first. */
export const breadthNear = (
  breadth: Pick<Breadth, BreadthWindow>,
  limits: Policy["breadth"],
): BreadthAt[] =>
  breadthWindows
    .map((window) => ({ window, count: breadth[window], limit: limits[window] }))
    .filter(({ count, limit }) => count >= warnedFrom(limit))
    .sort((a, b) => b.count / b.limit - a.count / a.limit);
