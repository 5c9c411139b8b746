import type { OwnSession } from "#lib/impersonation/queries.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { type CallerCheck, minuteChoices, type ReasonCategory } from "#lib/vocabulary.ts";
import { pageOfProduct } from "../../../customers/[id]/start/page-of-product.ts";

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
export function pageToComeBackTo(named: string | undefined, session: OwnSession): string | null {
  const { target } = pageOfProduct(named, session.product.origin);
  return target && target.length <= 2000 ? target : session.request.targetLinkUri;
}
