import { type Action, draftAction, type Extra, extraOf } from "./actions.ts";
import { isEventStream } from "./background.ts";
import { type Impersonation, impersonationOf } from "./impersonation.ts";
import type { Settings } from "./options.ts";
import { pageOf } from "./page.ts";
import type { Ask, Meaning } from "./routes.ts";
import type { KnownSession } from "./sessions.ts";
import { clock } from "./words.ts";

/** A request in a session: what was asked, what it would do, and what its handler adds to the record. */
export type Case = { ask: Ask; session: KnownSession; meaning: Meaning; extra: Extra };

/** As the product and its pages are told of it; what they `record` is of this case. */
export function present(
  found: Case,
  settings: Settings,
  state: Impersonation["state"],
): Impersonation {
  const page = pageOf(found.ask, settings);
  return impersonationOf(found.session, settings, page, state, (more) => {
    found.extra = { ...found.extra, ...extraOf(more) };
  });
}

/** The next action of its session, without its phase. */
export function draft({ ask, session, meaning }: Case, at: number): Omit<Action, "phase"> {
  const origin = {
    ip: ask.ip,
    userAgent: ask.headers.get("user-agent") ?? "",
    unattended: isEventStream(ask.headers),
  };
  session.running.seq += 1;
  return draftAction(meaning, origin, at, session.running.seq);
}

/** “Change invoice INV-2207 at 10:34, was made”. */
export function lastWrite({ meaning, extra }: Case, status: number, at: number): string {
  const what = meaning.name ?? `${meaning.method} ${meaning.route}`;
  const resource = extra.resource ?? meaning.resource;
  const made = status < 400 ? "was made" : "was not made";
  return `${resource ? `${what} ${resource}` : what} at ${clock(at)}, ${made}`;
}
