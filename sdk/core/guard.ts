import type { Action } from "./actions.ts";
import { inBackground, isEventStream, wantsSocket } from "./background.ts";
import { type Case, draft, lastWrite, present } from "./case.ts";
import { clearCookie, readCookie } from "./cookies.ts";
import type { Ending } from "./details.ts";
import type { Effect, Why } from "./effects.ts";
import { endedNotice } from "./ended.ts";
import { pausedNotice, refusedNotice } from "./notices.ts";
import type { Settings } from "./options.ts";
import { plainPath } from "./paths.ts";
import type { Answer, Reporter } from "./reporter.ts";
import type { Ask, RouteTable } from "./routes.ts";
import type { KnownSession, Sessions } from "./sessions.ts";
import type { Demand, Permit, Verdict } from "./verdict.ts";
import type { Close, Watching } from "./watch.ts";

type Parts = {
  settings: Settings;
  sessions: Sessions;
  reporter: Reporter;
  table: RouteTable;
  watch: Watching;
};

export function guard({ settings, sessions, reporter, table, watch }: Parts) {
  /** Decides about one request before the product sees it. */
  async function judge(ask: Ask): Promise<Verdict> {
    return asAnswerTo(ask, await decide(ask));
  }

  async function decide(ask: Ask): Promise<Verdict> {
    const id = readCookie(ask.headers, "session", settings);
    if (!id) return { kind: "pass" };
    const session = await sessions.find(id);
    if (!session) return ended(null, null);
    const path = plainPath(ask.path);
    const unreadable = { plain: [":x"], segments: [":x"] };
    const meaning = table.meaning(ask, path ?? unreadable);
    const found: Case = { ask, session, meaning, extra: {} };
    if (path === null) return stopUnlessEnded(found, "denied_route", "use this spelling of a path");
    const denied = table.denied(path);
    if (denied) return stopUnlessEnded(found, "denied_route", denied.name);
    // What goes through a socket is no request: nobody could ask about it or put it on record.
    if (wantsSocket(ask.headers) && !ask.socketOnlyShows)
      return stopUnlessEnded(found, "denied_route", "open a WebSocket");
    return meaning.effect === "view" ? look(found) : write(found);
  }

  /** A route's own declaration, once the product has chosen the route. It can only be stricter. */
  async function demand(ask: Ask, permit: Permit, wanted: Demand): Promise<Verdict> {
    return asAnswerTo(ask, await decideAgain(ask, permit, wanted));
  }

  async function decideAgain(ask: Ask, permit: Permit, wanted: Demand): Promise<Verdict> {
    const id = readCookie(ask.headers, "session", settings);
    const session = id === null ? null : await sessions.find(id);
    if (!session) return ended(null, null);
    const path = plainPath(ask.path);
    const meaning = table.meaning(ask, path ?? { plain: [], segments: [] });
    const found: Case = { ask, session, meaning, extra: {} };
    if ("denied" in wanted) return stopUnlessEnded(found, "denied_route", wanted.denied);
    if (wanted.effect === "view" || permit.asked === wanted.effect)
      return { kind: "permit", permit };
    found.meaning = {
      ...meaning,
      effect: wanted.effect,
      declared: true,
      kinds: wanted.kinds ?? meaning.kinds,
    };
    return write(found);
  }

  async function look(found: Case): Promise<Verdict> {
    const { session } = found;
    const unattended = isEventStream(found.ask.headers);
    const standing = await sessions.standing(session, { unattended });
    if (standing.kind === "ended") return ended(standing.session, standing.ending);
    if (standing.kind === "paused") {
      const impersonation = present(found, settings, "paused");
      return { kind: "stop", notice: pausedNotice(impersonation, found.ask), cookies: [] };
    }
    const action = draft(found, settings.now());
    return permit(found, null, session.running.asked?.at ?? 0, ({ status, route }) =>
      reporter.later(session.stored.details.sid, {
        ...action,
        ...found.extra,
        phase: "view",
        status,
        ...(route && { route }),
      }),
    );
  }

  async function write(found: Case): Promise<Verdict> {
    const { session, meaning } = found;
    const { details } = session.stored;
    if (details.scope === "read") {
      const why =
        meaning.effect === "export" ? "export" : meaning.declared ? "scope" : "undeclared";
      return stopUnlessEnded(found, why);
    }
    const overdue = settings.now() + session.stored.clockOffset >= details.expiresAt;
    if (session.running.ended || overdue)
      return ended(session, session.running.ended?.ending ?? null);
    const action: Action = { ...draft(found, settings.now()), phase: "attempt" };
    const askedAt = settings.now();
    let answer: Answer;
    try {
      answer = await reporter.attempt(details.sid, action);
    } catch {
      return refuse(found, "unreachable");
    }
    if (!answer.active) return ended(session, answer.ending);
    if (!answer.accepted.has(action.id)) {
      // Alongside put the refused attempt on record itself.
      const reason = answer.refusals.get(action.id);
      const why = reason === "export" ? reason : reason === "denied" ? "denied_route" : "scope";
      // It was narrowed to looking elsewhere: the page that says so says it of itself too.
      if (reason === "scope") await sessions.standing(await sessions.narrowed(session));
      return refusal(found, why, null, true);
    }
    return permit(found, meaning.effect, askedAt, ({ status, route }) => {
      session.running.lastWrite = lastWrite(found, status, settings.now());
      reporter.later(details.sid, {
        ...action,
        ...found.extra,
        phase: "done",
        status,
        ...(route && { route }),
      });
    });
  }

  /** A refusal belongs to a session that is alive; otherwise its end is what there is to say. */
  async function stopUnlessEnded(found: Case, why: Why, denied: string | null = null) {
    const standing = await sessions.standing(found.session);
    if (standing.kind === "ended") return ended(standing.session, standing.ending);
    return refuse(found, why, denied);
  }

  async function refuse(found: Case, why: Why, denied: string | null = null): Promise<Verdict> {
    const { session } = found;
    const { sid } = session.stored.details;
    const action: Action = { ...draft(found, settings.now()), phase: "refused", why };
    let recorded = false;
    if (why === "unreachable") reporter.later(sid, action);
    else recorded = await reporter.tell(sid, action);
    const ending = session.running.ended;
    if (ending) return ended(session, ending.ending);
    return refusal(found, why, denied, recorded);
  }

  function refusal(found: Case, why: Why, denied: string | null, recorded: boolean): Verdict {
    const { meaning, ask } = found;
    const impersonation = present(found, settings, "live");
    const notice = refusedNotice({ why, impersonation, meaning, ask, denied, recorded }, settings);
    return { kind: "stop", notice, cookies: [] };
  }

  function ended(session: KnownSession | null, ending: Ending | null): Verdict {
    const notice = endedNotice(session, ending, settings);
    return { kind: "stop", notice, cookies: [clearCookie("session", settings)] };
  }

  function permit(
    found: Case,
    asked: Effect | null,
    heardAt: number,
    finish: Permit["finish"],
  ): Verdict {
    const impersonation = present(found, settings, "live");
    const hold = (close: Close) => watch.over(found.session, heardAt, close);
    return { kind: "permit", permit: { impersonation, asked, finish, hold } };
  }

  function asAnswerTo(ask: Ask, verdict: Verdict): Verdict {
    return verdict.kind === "stop" && inBackground(ask.headers)
      ? { ...verdict, cookies: [] }
      : verdict;
  }

  return { judge, demand };
}
