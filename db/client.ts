import { Socket } from "node:net";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Part } from "./at-once.ts";
import { tellCommitted } from "./committed.ts";
import { OutOfReach } from "./out-of-reach.ts";
import { preparedStatement } from "./prepared.ts";

export type Database = NodePgDatabase;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
export type Reader = Database | Transaction;

// Timestamps arrive as Date; bigint counters as number (none of ours passes 2^53).
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * A pool for one process, of `max` connections. Nobody waits for ever: see `patience`, and `silence` in milliseconds. It survives restarts of the
 * server: a connection that broke is replaced by the next query.
 */
export function connect(url: string, max = 10, silence = 12_000): { db: Database; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    ...patience,
    options: noCompiler,
    application_name: "alongside",
  });
  // An idle client that loses its server must not take the process down; the next query reconnects.
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    // Nor must one that a transaction has: its next statement says so.
    client.on("error", () => {});
    giveUpOnSilence(client, silence);
  });
  return { db: drizzle(pool), pool };
}

/**
 * Statements of ours take moments: where a server has a compiler for them (LLVM; most packaged ones do), compiling one takes longer
 * than running it (600 comparisons of a policy on 15: more than 120 s instead of less than 30).
 */
export const noCompiler = "-c jit=off";

/** Milliseconds. */
const patience = {
  /** For a connection, new or free. */
  connectionTimeoutMillis: 5_000,
  /** For a row that another transaction holds; told as a refusal. */
  lock_timeout: 5_000,
  statement_timeout: 10_000,
  /** What a process of ours holds that stopped in the middle of a transaction is let go after this. */
  idle_in_transaction_session_timeout: 15_000,
  /** Below the silence that cuts a connection off. */
  idleTimeoutMillis: 10_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
};

/**
 * A server that hangs, or a network that swallows, ends in an error too, for all that waits on the connection. One
 * that is well would have said something by then, if only that the statement took too long.
 */
function giveUpOnSilence(client: pg.PoolClient, silence: number): void {
  const stream =
    "connection" in client &&
    client.connection instanceof pg.Connection &&
    client.connection.stream;
  if (!(stream instanceof Socket)) throw new Error("A connection without a socket");
  stream.setTimeout(silence, () => stream.destroy(new OutOfReach("The database says nothing")));
}

/**
 * Read committed: rules lock what they read, and read the clock after the lock. What it noted as changed is told after
 * the commit (`committed.ts`).
 */
export async function transaction<T>(
  db: Database,
  run: (tx: Transaction) => Promise<T>,
): Promise<T> {
  let own: Transaction | undefined;
  const done = await db.transaction(
    (tx) => {
      own = tx;
      return run(tx);
    },
    { isolationLevel: "read committed" },
  );
  if (own) tellCommitted(own);
  return done;
}

/** The database's clock at this moment; call it once per verb, after its row lock is held (DESIGN §4). */
export const clock = async (tx: Reader): Promise<Date> => timeIn(await readClock(tx));

/** The same for `readAtOnce`. */
export const clockPart = (): Part<Date> => {
  const part = readClock.part();
  return { ...part, read: (found) => timeIn(part.read(found)) };
};

const readClock = preparedStatement<{ at: string }>("clock", "select clock_timestamp() as at");

function timeIn([row]: { at: string }[]): Date {
  if (!row) throw new Error("The database did not tell the time");
  return new Date(row.at);
}
