import type { Action } from "./actions.ts";
import { type Ending, parseEnding } from "./details.ts";
import type { IssuerClient } from "./issuer.ts";
import { Declined } from "./issuer.ts";
import { fields } from "./parse.ts";

export type Answer = {
  active: boolean;
  ending: Ending | null;
  /** Why each action that was not accepted was not. */
  refusals: ReadonlyMap<string, string>;
  accepted: ReadonlySet<string>;
};

const keptAtMost = 1000;
const batch = 100;
const againMs = 2000;

/**
 * Tells Alongside what was done. Writes ask first and wait for the answer; everything else is sent
 * after the response, in the order in which it happened, and again until Alongside has it.
 */
export function reporter(issuer: IssuerClient, onEnded: (sid: string, e: Ending | null) => void) {
  const queues = new Map<string, Action[]>();
  const sending = new Map<string, Promise<void>>();

  async function send(sid: string, actions: readonly Action[]): Promise<Answer> {
    const body = await issuer.post(sid, "actions", { actions });
    const accepted = new Set<string>();
    const refusals = new Map<string, string>();
    for (const line of Array.isArray(body.accepted) ? body.accepted : []) {
      const entry = fields(line);
      const id = String(entry.id);
      if (entry.accepted === true) accepted.add(id);
      else refusals.set(id, String(entry.reason ?? "closed"));
    }
    const active = body.active === true;
    const ending = active ? null : parseEnding(body);
    if (!active) onEnded(sid, ending);
    return { active, ending, accepted, refusals };
  }

  async function drain(sid: string, queue: Action[]): Promise<void> {
    let size = batch;
    while (queue.length > 0) {
      const next = queue.slice(0, size);
      try {
        await send(sid, next);
      } catch (error) {
        if (!(error instanceof Declined)) {
          setTimeout(() => void flush(sid), againMs).unref();
          return;
        }
        // What Alongside declines will not get better by repeating, but must not cost the others their record.
        if (next.length > 1) {
          size = 1;
          continue;
        }
      }
      queue.splice(0, next.length);
    }
    queues.delete(sid);
  }

  function flush(sid: string): Promise<void> {
    const running = sending.get(sid);
    if (running) return running;
    const started = drain(sid, queues.get(sid) ?? []).finally(() => sending.delete(sid));
    sending.set(sid, started);
    return started;
  }

  return {
    /** Asks for one write, live. @throws when there is no usable answer: then it must not run. */
    attempt: (sid: string, action: Action) => send(sid, [action]),

    /** Tells at once and says whether Alongside has it; what it has not is sent later. */
    async tell(sid: string, action: Action): Promise<boolean> {
      try {
        await send(sid, [action]);
        return true;
      } catch {
        this.later(sid, action);
        return false;
      }
    },

    later(sid: string, action: Action): void {
      const queue = queues.get(sid) ?? [];
      queues.set(sid, queue);
      queue.push(action);
      if (queue.length > keptAtMost) queue.shift();
      void flush(sid);
    },

    /** Sends what is waiting: for tests and for an orderly shutdown. */
    async settle(): Promise<void> {
      await Promise.all([...queues.keys()].map((sid) => flush(sid)));
    },
  };
}

export type Reporter = ReturnType<typeof reporter>;
