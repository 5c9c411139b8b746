import type { Settings } from "./options.ts";
import type { KnownSession, Sessions } from "./sessions.ts";

/**
 * Ends an answer that is still open. `overdue`: at once, whatever it is doing; else only what has begun to flow, so
 * that a page which is just being made may still be finished.
 */
export type Close = (overdue: boolean) => void;

type Watch = {
  session: KnownSession;
  /** When the youngest answer about the session was asked for. */
  heardAt: number;
  timers: NodeJS.Timeout[];
};

/**
 * Watches over answers that stay open: a session that is over hands out nothing more, be it by one long download or by a
 * stream. Alongside is asked again, without that being use, before its last answer is `freshMs` old. They close when it
 * says no, when it says nothing until then, and when the time is over.
 */
export function watching(settings: Settings, sessions: Sessions) {
  const watches = new Map<KnownSession["running"], Watch>();
  // An answer takes up to `timeoutMs`, and has to be here before the last one is too old.
  const askAgainMs = Math.max(settings.freshMs - settings.timeoutMs, settings.freshMs / 2);

  function arm(watch: Watch): void {
    rest(watch);
    const { details, clockOffset } = watch.session.stored;
    const now = settings.now();
    const over = details.expiresAt - clockOffset - now;
    const later = (ms: number, work: () => void) =>
      watch.timers.push(setTimeout(work, Math.max(0, ms)).unref());
    later(watch.heardAt + askAgainMs - now, () => void ask(watch));
    later(Math.min(watch.heardAt + settings.freshMs - now, over), () => close(watch));
  }

  async function ask(watch: Watch): Promise<void> {
    const standing = await sessions.standing(watch.session, {
      unattended: true,
      maxAgeMs: askAgainMs / 2,
    });
    if (watches.get(watch.session.running) !== watch) return;
    // Silence has until the last answer is too old.
    if (standing.kind === "paused") return;
    if (standing.kind === "ended") return close(watch);
    watch.heardAt = watch.session.running.asked?.at ?? watch.heardAt;
    arm(watch);
  }

  function close(watch: Watch): void {
    rest(watch);
    watches.delete(watch.session.running);
    for (const one of watch.session.running.open) one(true);
  }

  function rest(watch: Watch): void {
    for (const timer of watch.timers.splice(0)) clearTimeout(timer);
  }

  return {
    /**
     * From now on, until `release` is called.
     * @param heardAt when the answer that let this one begin was asked for, in ms
     */
    over(session: KnownSession, heardAt: number, one: Close): () => void {
      const { running } = session;
      running.open.add(one);
      const found = watches.get(running);
      const watch = found ?? { session, heardAt, timers: [] };
      watches.set(running, watch);
      if (!found) arm(watch);
      return () => {
        running.open.delete(one);
        if (running.open.size > 0) return;
        rest(watch);
        watches.delete(running);
      };
    },
  };
}

export type Watching = ReturnType<typeof watching>;
