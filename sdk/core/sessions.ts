import { randomId, sha256 } from "./crypto.ts";
import type { Ending } from "./details.ts";
import type { IssuerClient } from "./issuer.ts";
import type { Settings } from "./options.ts";
import type { StoredSession } from "./store.ts";
import type { Close } from "./watch.ts";

/** What this process remembers of a session beyond its token. */
type Running = {
  /** The last question about it, with the moment at which it was sent. */
  asked: { at: number; outcome: Promise<void> } | null;
  /** What it said last. A store gives back what was true at the login. */
  told: Pick<StoredSession, "details" | "clockOffset"> | null;
  ended: { ending: Ending | null } | null;
  seq: number;
  lastWrite: string | null;
  /** Ends what is still being answered: see `watch.ts`. */
  open: Set<Close>;
};

export type KnownSession = { key: string; stored: StoredSession; running: Running };

export type Standing =
  | { kind: "live"; session: KnownSession }
  | { kind: "paused"; session: KnownSession }
  | { kind: "ended"; session: KnownSession | null; ending: Ending | null };

/** `unattended`: nobody did anything, so it is no use. `maxAgeMs`: how old the answer may be, `freshMs` at most. */
export type Asking = { unattended?: boolean; maxAgeMs?: number };

/** An ended session is remembered so long that its browser can still be told why. */
const rememberMs = 12 * 60 * 60 * 1000;

export function sessions(settings: Settings, issuer: IssuerClient) {
  const running = new Map<string, Running & { sid: string; until: number }>();

  function runningOf(key: string, stored: StoredSession): Running {
    const found = running.get(key);
    if (found) return found;
    for (const [other, entry] of running) if (entry.until <= settings.now()) running.delete(other);
    const { sid, expiresAt } = stored.details;
    const fresh = {
      ...{ asked: null, told: null, ended: null },
      ...{ seq: 0, lastWrite: null, open: new Set<Close>() },
    };
    const entry = { ...fresh, sid, until: expiresAt + rememberMs };
    running.set(key, entry);
    return entry;
  }

  async function ask(session: KnownSession, at: number, unattended: boolean): Promise<void> {
    const { stored, running: run } = session;
    const answer = await issuer.introspect(stored.token, unattended);
    if (!answer.active) return endRun(run, answer.ending);
    // A session never goes from looking to acting: an answer that says so was on its way when it was narrowed.
    const before = run.told?.details ?? stored.details;
    const scope = before.scope === "read" ? "read" : answer.details.scope;
    const clockOffset = answer.serverTime - settings.now();
    run.told = { details: { ...answer.details, scope }, clockOffset };
    // An answer that was already old when it came must not count from its arrival.
    if (settings.now() - at > settings.freshMs) throw new Error("the answer came too late");
  }

  function endRun(run: Running, ending: Ending | null): void {
    run.ended ??= { ending };
    for (const close of run.open) close(false);
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
      if (!stored) return null;
      const run = runningOf(key, stored);
      return { key, stored: { ...stored, ...run.told }, running: run };
    },

    /** Whether reads may go on: by an answer that was asked for at most `freshMs` ago. */
    async standing(session: KnownSession, asking: Asking = {}): Promise<Standing> {
      const { stored, running: run } = session;
      const now = settings.now();
      const maxAge = Math.min(asking.maxAgeMs ?? settings.freshMs, settings.freshMs);
      // The product's own clock ends it as well: time needs nobody's answer.
      const overdue = () => settings.now() + stored.clockOffset >= stored.details.expiresAt;
      if (!run.ended) {
        if (!run.asked || overdue() || now - run.asked.at > maxAge)
          run.asked = { at: now, outcome: ask(session, now, asking.unattended ?? false) };
        const mine = run.asked;
        try {
          await mine.outcome;
        } catch {
          if (run.asked === mine) run.asked = null;
          if (!run.ended && !overdue()) return { kind: "paused", session };
        }
      }
      Object.assign(stored, run.told);
      if (run.ended || overdue())
        return { kind: "ended", session, ending: run.ended?.ending ?? null };
      return { kind: "live", session };
    },

    /** It is for looking only from now on, whatever was said before; the next question asks anew. */
    async narrowed(session: KnownSession): Promise<KnownSession> {
      const { key, stored, running: run } = session;
      stored.details = { ...stored.details, scope: "read" };
      run.told = { details: stored.details, clockOffset: stored.clockOffset };
      run.asked = null;
      await settings.store.set(key, stored, new Date(stored.details.expiresAt + rememberMs));
      return session;
    },

    /** An end that came with another answer. */
    markEnded(sid: string, ending: Ending | null): void {
      for (const entry of running.values()) if (entry.sid === sid) endRun(entry, ending);
    },

    async drop(session: KnownSession): Promise<void> {
      endRun(session.running, null);
      running.delete(session.key);
      await settings.store.delete(session.key);
    },
  };
}

export type Sessions = ReturnType<typeof sessions>;
