import { sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";

export type Database = NodePgDatabase;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
export type Reader = Database | Transaction;

// Timestamps arrive as Date; bigint counters as number (none of ours passes 2^53).
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** A pool for one process. `max` connections; statements are cut off after 30 s. */
export function connect(url: string, max = 10): { db: Database; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: "alongside",
  });
  // An idle client that loses its server must not take the process down; the next query reconnects.
  pool.on("error", () => {});
  return { db: drizzle(pool), pool };
}

/** Read committed: rules lock what they read, and read the clock after the lock. */
export function transaction<T>(db: Database, run: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(run, { isolationLevel: "read committed" });
}

/** The database's clock at this moment; call it once per verb, after its row lock is held (DESIGN §4). */
export async function clock(tx: Reader): Promise<Date> {
  const { rows } = await tx.execute<{ at: Date }>(sql`select clock_timestamp() as at`);
  const at = rows[0]?.at;
  if (!at) throw new Error("The database did not tell the time");
  return new Date(at);
}
