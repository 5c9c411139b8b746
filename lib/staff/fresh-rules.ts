/** Why a proof does not do: nobody said when it was, it is too old, nobody said how it was given, or otherwise. */
export type FreshRefusal = "unsaid" | "old" | "acr_unsaid" | "acr";

type Proved = {
  /** When they proved who they are; null where the issuer does not say. */
  authTime: Date | null;
  acr: string | null;
};

/** How the issuer may say it: one of several, by spaces (OpenID Connect `acr_values`). */
const acrIn = (wanted: string, acr: string): boolean => wanted.split(" ").includes(acr);

/**
 * Why what somebody proved is no proof of the last `minutes` that is as strong as `acr` wants; null where it is one, or
 * where none is asked. What the issuer did not say is no proof. The schema knows the same as `fresh_refusal`.
 */
export function freshRefusal(
  proved: Proved,
  at: Date,
  minutes: number | null,
  acr: string | null,
): FreshRefusal | null {
  if (minutes === null) return null;
  if (proved.authTime === null) return "unsaid";
  if (at.getTime() - proved.authTime.getTime() > minutes * 60_000) return "old";
  return acr === null ? null : acrRefusal(proved.acr, acr);
}

/** Why a proof of this kind does not do; null where it does. */
export function acrRefusal(acr: string | null, wanted: string): "acr_unsaid" | "acr" | null {
  if (acr === null) return "acr_unsaid";
  return acrIn(wanted, acr) ? null : "acr";
}

/** Seconds. An issuer's clock is taken to be at most so far from ours. */
const clockApart = 60;

/**
 * Whether somebody proved who they are after `begunAt`, by what the issuer says in whole seconds of its own clock:
 * when it asked them, and when it told us, which was just now.
 */
export function provedSince(
  said: { authTime: number; issuedAt: number },
  begunAt: Date,
  now: Date,
): boolean {
  const apart = now.getTime() / 1000 - said.issuedAt;
  const corrected = said.authTime + Math.max(-clockApart, Math.min(clockApart, apart));
  return corrected >= begunAt.getTime() / 1000 - 1;
}
