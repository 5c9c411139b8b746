import type { Database } from "#db/client.ts";
import type { Limit } from "./limits.ts";
import { type Taken, take } from "./take.ts";

/** A block of permits that this process has taken out of the database, or the news that there are none. */
type Held = { left: number; until: number; retryAt: number };

/** What is not used by then is given up, so that a block is not saved for later. Milliseconds. */
const keptFor = 5_000;

/**
 * Permits of one limit for askers who ask often: taken in blocks of a hundredth, so that a question to the database
 * serves many. All processes together never take more than the limit, since a block counts as used from the start.
 */
export function heldPermits(limit: Limit, now: () => number = () => performance.now()) {
  const block = Math.max(1, Math.floor(limit.most / 100));
  const held = new Map<string, Held>();
  const underWay = new Map<string, Promise<Held>>();

  const fetchBlock = (db: Database, who: string): Promise<Held> => {
    const asked =
      underWay.get(who) ??
      take(db, limit, who, block)
        .then(({ taken, retryMs }) => {
          const at = now();
          const got = { left: taken, until: at + keptFor, retryAt: taken > 0 ? 0 : at + retryMs };
          held.set(who, got);
          return got;
        })
        .finally(() => underWay.delete(who));
    underWay.set(who, asked);
    return asked;
  };

  return async (db: Database, who: string): Promise<Taken> => {
    for (;;) {
      const at = now();
      const have = held.get(who);
      // A refusal costs nothing there, so that it holds until a permit has come back: no need to ask again.
      if (have && have.retryAt > at) return { taken: 0, retryMs: have.retryAt - at };
      if (have && have.left > 0 && have.until > at) {
        have.left -= 1;
        return { taken: 1, retryMs: 0 };
      }
      await fetchBlock(db, who);
    }
  };
}
