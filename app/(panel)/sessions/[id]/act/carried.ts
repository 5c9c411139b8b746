import type { OwnSession } from "#lib/impersonation/queries.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { type CallerCheck, minuteChoices, type ReasonCategory } from "#lib/vocabulary.ts";

/** What looking was asked with, and acting is asked with too unless the agent says otherwise. */
export type Carried = {
  reasonCategory: ReasonCategory | "";
  callerCheck: CallerCheck;
  ticket: string;
  minutes: number;
  /** In which words looking was asked for: shown, never sent again. */
  lookedFor: string;
  returnPath: string;
  /** The page of the product to come back to; empty where none is known. */
  url: string;
  /** Back to it without acting: a link out of the panel. */
  back: string;
};

export function carriedFrom(session: OwnSession, policy: Policy, url: string | null): Carried {
  const { request } = session;
  const known = policy.reasons.some(({ category }) => category === request.reasonCategory);
  const minutes = minuteChoices.find((choice) => choice >= request.minutes) ?? 60;
  return {
    reasonCategory: known ? request.reasonCategory : "",
    callerCheck: request.callerCheck,
    ticket: request.ticket ?? "",
    minutes: Math.min(minutes, policy.maxMinutes),
    lookedFor: request.reason,
    returnPath: request.returnPath,
    url: url ?? "",
    back: url ?? `/sessions/${session.id}/enter`,
  };
}

/** The page that the address names, if it is one of the session's own product; else where the session came in. */
export function pageOfProduct(named: string | undefined, session: OwnSession): string | null {
  const url = named === undefined ? null : URL.parse(named);
  const isOwn = url?.origin === session.product.origin && !url.username && !url.password;
  return url && isOwn && url.href.length <= 2000 ? url.href : session.request.targetLinkUri;
}
