import type { Scope } from "./effects.ts";
import {
  type Fields,
  fields,
  Malformed,
  moment,
  momentOrNull,
  number,
  scope,
  text,
  textOrNull,
} from "./parse.ts";

/** Who stands in for whom, as Alongside tells it. Moments are ms since the epoch, by its clock. */
export type Details = {
  sid: string;
  actor: { id: string; name: string };
  subject: { id: string; name: string };
  account: { id: string; name: string };
  scope: Scope;
  environment: string;
  reason: { category: string; label: string };
  ticket: string | null;
  /** Started without the approval that the policy wants. */
  breakGlass: boolean;
  /** Until when somebody is to review that. */
  reviewBy: number | null;
  startedAt: number;
  expiresAt: number;
  sessionUrl: string | null;
  /** How the actor goes on from looking to acting; null where they act already, or may not. */
  acting: Acting | null;
};

/** The page of Alongside that asks for acting, or that shows how what was asked for stands. */
export type Acting = { state: "possible" | "waiting" | "granted"; url: string };

/** How a session ended, as far as Alongside tells. */
export type Ending = {
  sid: string;
  cause: string;
  endedAt: number | null;
  by: string | null;
  comment: string | null;
  startedAt: number | null;
  minutes: number | null;
  subjectName: string | null;
  returnUrl: string | null;
  /** A form in Alongside in which the actor asks for the same once more. */
  againUrl: string | null;
};

export type Introspection =
  | { active: true; details: Details; serverTime: number }
  | { active: false; ending: Ending | null };

/** @throws Malformed also when the answer is about another client, issuer or product. */
export function parseIntrospection(
  body: unknown,
  expected: { issuer: string; audience: string; clientId: string },
): Introspection {
  const from = fields(body);
  if (from.active !== true) return { active: false, ending: parseEnding(from) };
  if (from.iss !== expected.issuer || from.client_id !== expected.clientId)
    throw new Malformed("the answer is about another client");
  if (![from.aud].flat().includes(expected.audience))
    throw new Malformed("the answer is about another product");
  return {
    active: true,
    details: parseDetails(from, expected.issuer),
    serverTime: moment(from, "server_time"),
  };
}

function parseDetails(from: Fields, issuer: string): Details {
  const act = fields(from.act);
  return {
    sid: text(from, "sid"),
    actor: { id: text(act, "sub"), name: text(act, "name") },
    subject: { id: text(from, "sub"), name: text(from, "subject_name") },
    account: { id: text(from, "account"), name: text(from, "account_name") },
    scope: scope(from),
    environment: text(from, "environment"),
    reason: {
      category: text(from, "reason_category"),
      label: textOrNull(from, "reason_label") ?? text(from, "reason_category"),
    },
    ticket: textOrNull(from, "ticket"),
    breakGlass: from.break_glass === true,
    reviewBy: from.review_by == null ? null : moment(from, "review_by"),
    startedAt: moment(from, "started_at"),
    expiresAt: moment(from, "exp"),
    sessionUrl: textOrNull(from, "session_url"),
    acting: parseActing(from.acting, issuer),
  };
}

/** Only a page of the issuer's own is linked to. A state that is not known yet is none. */
function parseActing(value: unknown, issuer: string): Acting | null {
  if (value == null) return null;
  const { state, url } = fields(value);
  if (state !== "possible" && state !== "waiting" && state !== "granted") return null;
  if (typeof url !== "string" || !URL.canParse(url)) return null;
  return new URL(url).origin === new URL(issuer).origin ? { state, url } : null;
}

/** Null when Alongside says nothing about the session, as for a retired or foreign token. */
export function parseEnding(from: Fields): Ending | null {
  if (typeof from.ended_cause !== "string") return null;
  return {
    sid: textOrNull(from, "sid") ?? "",
    cause: from.ended_cause,
    endedAt: momentOrNull(from, "ended_at"),
    by: textOrNull(from, "ended_by"),
    comment: textOrNull(from, "ended_comment"),
    startedAt: momentOrNull(from, "started_at"),
    minutes: from.minutes == null ? null : number(from, "minutes"),
    subjectName: textOrNull(from, "subject_name"),
    returnUrl: textOrNull(from, "return_url"),
    againUrl: textOrNull(from, "again_url"),
  };
}
