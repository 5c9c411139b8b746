import type { Change } from "./actions.ts";
import type { Acting } from "./details.ts";
import type { Scope } from "./effects.ts";
import type { Settings } from "./options.ts";
import type { KnownSession } from "./sessions.ts";

/** Who stands in for whom in this request: what handlers and pages of the product see. */
export type Impersonation = {
  sid: string;
  actor: { id: string; name: string };
  subject: { id: string; name: string };
  account: { id: string; name: string };
  environment: string;
  scope: Scope;
  reason: { category: string; label: string };
  ticket: string | null;
  /** Started without the approval that the policy wants; to be reviewed until `reviewBy`. */
  breakGlass: boolean;
  reviewBy: Date | null;
  startedAt: Date;
  expiresAt: Date;
  /** Alongside's clock now, in ms: what the countdown starts from. */
  serverNow: number;
  /** Page of the session in Alongside. */
  sessionUrl: string | null;
  /** `paused` while Alongside does not answer. */
  state: "live" | "paused";
  /** Path and query of the page that is shown; of the one before it, where a form was sent. */
  page: string;
  /** Where the actor goes on from looking to acting; `url` comes back to this page. Null where they act, or may not. */
  acting: Acting | null;
  /** Adds to the record of this request what only its handler knows. */
  record(more: { resource?: string; changes?: readonly Change[] }): void;
};

export function impersonationOf(
  session: KnownSession,
  { now, publicUrl }: Settings,
  page: string,
  state: Impersonation["state"],
  record: Impersonation["record"],
): Impersonation {
  const { details, clockOffset } = session.stored;
  return {
    sid: details.sid,
    actor: details.actor,
    subject: details.subject,
    account: details.account,
    environment: details.environment,
    scope: details.scope,
    reason: details.reason,
    ticket: details.ticket,
    breakGlass: details.breakGlass,
    reviewBy: details.reviewBy === null ? null : new Date(details.reviewBy),
    startedAt: new Date(details.startedAt),
    expiresAt: new Date(details.expiresAt),
    serverNow: now() + clockOffset,
    sessionUrl: details.sessionUrl,
    state,
    page,
    acting: actingFrom(details.acting, publicUrl + page),
    record,
  };
}

/** What is asked for leads back to where it was asked; what was asked already knows. */
export function actingFrom(acting: Acting | null, page: string): Acting | null {
  if (acting?.state !== "possible") return acting;
  const url = new URL(acting.url);
  url.searchParams.set("url", page);
  return { ...acting, url: url.href };
}
