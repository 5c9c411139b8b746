import type { Details } from "./details.ts";

/** What the product keeps of a session, under a hash of the id in the browser's cookie. */
export type StoredSession = {
  token: string;
  details: Details;
  /** Alongside's clock minus ours, in ms, when it last answered. */
  clockOffset: number;
};

/** Several processes of one product need a store that they share; `key` is never the cookie itself. */
export interface SessionStore {
  get(key: string): Promise<StoredSession | null>;
  set(key: string, session: StoredSession, until: Date): Promise<void>;
  delete(key: string): Promise<void>;
}

export function memoryStore(now: () => number): SessionStore {
  const kept = new Map<string, { session: StoredSession; until: number }>();
  return {
    async get(key) {
      const found = kept.get(key);
      return found && found.until > now() ? found.session : null;
    },
    async set(key, session, until) {
      for (const [other, entry] of kept) if (entry.until <= now()) kept.delete(other);
      kept.set(key, { session, until: until.getTime() });
    },
    async delete(key) {
      kept.delete(key);
    },
  };
}
