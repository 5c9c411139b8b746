import type { Database } from "#db/client.ts";
import type { Actor } from "./actor.ts";

/** What every verb gets beside its input: the database, who asks, and from where. */
export type Ctx<A extends Actor = Actor> = {
  db: Database;
  actor: A;
  ip: string | null;
  userAgent: string | null;
  /** Ties log lines to the answer that a person saw. */
  requestId: string;
};
