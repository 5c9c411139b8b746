import type pg from "pg";
import { connect, type Database } from "#db/client.ts";
import { env } from "./env.ts";
import { Reach } from "./reach.ts";

type Connected = { db: Database; pool: pg.Pool; reach: Reach };
// On globalThis, so that the development server's reloads and the bundles of one process share one pool.
const held = globalThis as typeof globalThis & { alongsideDatabase?: Connected };

const connected = (): Connected => {
  const { DATABASE_URL: url } = env();
  held.alongsideDatabase ??= { ...connect(url), reach: new Reach(url) };
  return held.alongsideDatabase;
};

/** The process's one pool of connections, as the runtime role. */
export const database = (): Database => connected().db;

/** Whether that pool has a database to reach. */
export const reach = (): Reach => connected().reach;

/** Closes the pool; the process is about to end. */
export async function closeDatabase(): Promise<void> {
  await Promise.all([held.alongsideDatabase?.pool.end(), held.alongsideDatabase?.reach.close()]);
  held.alongsideDatabase = undefined;
}
