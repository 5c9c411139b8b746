export const guestRefusals = [
  "unknown",
  "revoked",
  "expired",
  "replaced",
  "left",
  "idle",
  "used",
  "late",
] as const;
export type GuestRefusal = (typeof guestRefusals)[number];

/** The longest that an invitation may last. */
export const longestDays = 30;
/** Without use a browser is let in no longer: over a weekend it may rest. */
const idleHours = 72;

type AccessFacts = { revokedAt: Date | null; expiresAt: Date };
type LinkFacts = AccessFacts & {
  usedAt: Date | null;
  goodUntil: Date;
  /** Whether a newer link took its place. */
  isReplaced: boolean;
};
type VisitFacts = AccessFacts & { isReplaced: boolean; leftAt: Date | null; lastActiveAt: Date };

/** Why a guest's access is over at `at`, whatever they hold; null while it lasts. */
export function accessOver({ revokedAt, expiresAt }: AccessFacts, at: Date): GuestRefusal | null {
  if (revokedAt) return "revoked";
  return at.getTime() >= expiresAt.getTime() ? "expired" : null;
}

/** Why a link lets nobody in, or null. */
export function linkRefusal(link: LinkFacts, at: Date): GuestRefusal | null {
  if (link.usedAt) return "used";
  const over = accessOver(link, at);
  if (over) return over;
  if (link.isReplaced) return "replaced";
  return at.getTime() >= link.goodUntil.getTime() ? "late" : null;
}

/** Why a browser that a link let in is let in no longer, or null. Computed at each request. */
export function visitRefusal(visit: VisitFacts, at: Date): GuestRefusal | null {
  const over = accessOver(visit, at);
  if (over) return over;
  if (visit.leftAt) return "left";
  if (visit.isReplaced) return "replaced";
  return at.getTime() >= visit.lastActiveAt.getTime() + idleHours * 3_600_000 ? "idle" : null;
}
