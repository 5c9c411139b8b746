import type { Role, SignInEnd, StaffStatus } from "#lib/vocabulary.ts";

/** A sign-in is good for this long, whatever happens. */
export const signInHours = 12;
/** Without use it ends sooner. Work in a product under a live session is use. */
const idleMinutes = 30;
/** Who did something within this is "at work now". */
export const atWorkMinutes = 10;

export const signInRefusals = [
  "unknown",
  "deactivated",
  "ended",
  "expired",
  "idle",
  "no_role",
] as const;
export type SignInRefusal = (typeof signInRefusals)[number];

export type SignInFacts = {
  createdAt: Date;
  lastActiveAt: Date;
  endedAt: Date | null;
  endCause: SignInEnd | null;
  status: StaffStatus;
  roles: readonly Role[];
};

/** Why a sign-in is good no longer, or null. Computed at each request: no job has to run for it to end. */
export function signInRefusal(facts: SignInFacts, at: Date): SignInRefusal | null {
  if (facts.status === "deactivated") return "deactivated";
  return signInOver(facts, at) ?? (facts.roles.length === 0 ? "no_role" : null);
}

/** Why a sign-in is over at `at`, whoever has it; null while it is open. A live session ends with it. */
export function signInOver(
  { createdAt, lastActiveAt, endedAt }: Pick<SignInFacts, "createdAt" | "lastActiveAt" | "endedAt">,
  at: Date,
): "ended" | "expired" | "idle" | null {
  if (endedAt) return "ended";
  if (at.getTime() >= createdAt.getTime() + signInHours * 3_600_000) return "expired";
  return at.getTime() >= lastActiveAt.getTime() + idleMinutes * 60_000 ? "idle" : null;
}
