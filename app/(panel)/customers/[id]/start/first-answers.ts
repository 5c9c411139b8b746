import type { Subject } from "#lib/directory/queries.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import type { CallerCheck, ReasonCategory, Scope } from "#lib/vocabulary.ts";
import { pageOfProduct } from "./page-of-product.ts";
import type { StartParams } from "./search-params.ts";

/** What the form says before the agent does. Why and in which words is never guessed. */
export type FirstAnswers = {
  reasonCategory: ReasonCategory | "";
  reason: string;
  callerCheck: CallerCheck | "";
  ticket: string;
  scope: Scope;
  minutes: number;
  targetLinkUri: string;
  /** The page that the agent came from, where it is none of this product's: said, and left out. */
  foreignPage: string;
  returnPath: string;
};

/**
 * A request to ask again gives all its answers. Else looking for 30 minutes; a ticket of this person that is the
 * agent's own is filled in, and says that it was opened while signed in, as the product's help desk has it.
 */
export function firstAnswers(
  actor: StaffActor,
  subject: Subject,
  policy: Policy,
  asked: StartParams,
  again: RequestView | null,
): FirstAnswers {
  const repeated =
    again?.actor.id === actor.id && again.subject.id === subject.subjectId ? again : null;
  const own = subject.openTickets.filter((ticket) => ticket.assigneeId === actor.id);
  const known =
    subject.openTickets.find((ticket) => ticket.reference === asked.ticket) ??
    (asked.ticket || own.length !== 1 ? undefined : own[0]);
  const { target, foreign } = pageOfProduct(asked.url, subject.product.origin);
  const minutes = repeated?.minutes ?? 30;
  return {
    reasonCategory: repeated?.reasonCategory ?? "",
    reason: repeated?.reason ?? "",
    callerCheck: repeated?.callerCheck ?? (known ? "signed_in_ticket" : ""),
    ticket: repeated?.ticket ?? asked.ticket ?? known?.reference ?? "",
    scope: actor.lookingOnly ? "read" : (asked.scope ?? repeated?.scope ?? "read"),
    minutes: Math.min(minutes, policy.maxMinutes),
    targetLinkUri: asked.url ? target : (repeated?.targetLinkUri ?? ""),
    foreignPage: foreign,
    returnPath: asked.from || repeated?.returnPath || `/customers/${subject.subjectId}`,
  };
}
