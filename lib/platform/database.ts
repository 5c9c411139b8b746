import type pg from "pg";
import { connect, type Database } from "#db/client.ts";
import { env } from "./env.ts";

type Connected = { db: Database; pool: pg.Pool };
// On globalThis, so that the development server's reloads and the bundles of one process share one pool.
const held = globalThis as typeof globalThis & { alongsideDatabase?: Connected };

const connected = (): Connected => {
  held.alongsideDatabase ??= connect(env().DATABASE_URL);
  return held.alongsideDatabase;
};

/** The process's one pool of connections, as the runtime role. */
export const database = (): Database => connected().db;

/** Closes the pool; the process is about to end. */
export async function closeDatabase(): Promise<void> {
  await held.alongsideDatabase?.pool.end();
  held.alongsideDatabase = undefined;
}
