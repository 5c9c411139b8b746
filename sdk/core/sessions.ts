import { randomId, sha256 } from "./crypto.ts";
import type { Ending } from "./details.ts";
import type { IssuerClient } from "./issuer.ts";
import type { Settings } from "./options.ts";
import type { StoredSession } from "./store.ts";

/** What this process remembers of a session beyond its token. */
type Running = {
  /** The last question about it, with the moment at which it was sent. */
  asked: { at: number; outcome: Promise<void> } | null;
  ended: { ending: Ending | null } | null;
  seq: number;
  lastWrite: string | null;
};

export type KnownSession = { key: string; stored: StoredSession; running: Running };

export type Standing =
  | { kind: "live"; session: KnownSession }
  | { kind: "paused"; session: KnownSession }
  | { kind: "ended"; session: KnownSession | null; ending: Ending | null };

/** An ended session is remembered so long that its browser can still be told why. */
const rememberMs = 12 * 60 * 60 * 1000;

export function sessions(settings: Settings, issuer: IssuerClient) {
  const running = new Map<string, Running & { sid: string; until: number }>();

  function runningOf(key: string, stored: StoredSession): Running {
    const found = running.get(key);
    if (found) return found;
    for (const [other, entry] of running) if (entry.until <= settings.now()) running.delete(other);
    const { sid, expiresAt } = stored.details;
    const fresh = { asked: null, ended: null, seq: 0, lastWrite: null };
    const entry = { ...fresh, sid, until: expiresAt + rememberMs };
    running.set(key, entry);
    return entry;
  }

  async function ask(session: KnownSession, at: number): Promise<void> {
    const { stored, running: run } = session;
    const answer = await issuer.introspect(stored.token);
    if (!answer.active) {
      run.ended ??= { ending: answer.ending };
      return;
    }
    stored.details = answer.details;
    stored.clockOffset = answer.serverTime - settings.now();
    // An answer that was already old when it came must not count from its arrival.
    if (settings.now() - at > settings.freshMs) throw new Error("the answer came too late");
  }

  return {
    async create(stored: StoredSession): Promise<string> {
      const id = randomId();
      const until = new Date(stored.details.expiresAt + rememberMs);
      await settings.store.set(await sha256(id), stored, until);
      return id;
    },

    async find(id: string): Promise<KnownSession | null> {
      const key = await sha256(id);
      const stored = await settings.store.get(key);
      return stored && { key, stored, running: runningOf(key, stored) };
    },

    /** Whether reads may go on: by an answer that was asked for at most `freshMs` ago. */
    async standing(session: KnownSession): Promise<Standing> {
      const { stored, running: run } = session;
      const now = settings.now();
      // The product's own clock ends it as well: time needs nobody's answer.
      const overdue = () => settings.now() + stored.clockOffset >= stored.details.expiresAt;
      if (!run.ended) {
        if (!run.asked || overdue() || now - run.asked.at > settings.freshMs)
          run.asked = { at: now, outcome: ask(session, now) };
        const mine = run.asked;
        try {
          await mine.outcome;
        } catch {
          if (run.asked === mine) run.asked = null;
          if (!run.ended && !overdue()) return { kind: "paused", session };
        }
      }
      if (run.ended || overdue())
        return { kind: "ended", session, ending: run.ended?.ending ?? null };
      return { kind: "live", session };
    },

    /** An end that came with another answer. */
    markEnded(sid: string, ending: Ending | null): void {
      for (const entry of running.values()) if (entry.sid === sid) entry.ended ??= { ending };
    },

    async drop(session: KnownSession): Promise<void> {
      running.delete(session.key);
      await settings.store.delete(session.key);
    },
  };
}

export type Sessions = ReturnType<typeof sessions>;
