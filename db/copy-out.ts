import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { to } from "pg-copy-streams";
import type { Database } from "./client.ts";
import { Lane } from "./lane.ts";

/** Milliseconds in which a reader has to ask for the next piece. */
const silence = 5 * 60_000;

/** Milliseconds. Exports take as long as their readers. */
const patience = {
  connectionTimeoutMillis: 5_000,
  lock_timeout: 5_000,
  statement_timeout: 60 * 60_000,
  idle_in_transaction_session_timeout: silence + 60_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
};

/**
 * How many connections of their own a process has at most, by what they are for: who takes many of one kind, or takes
 * them slowly, keeps nobody from another, and the server has room for the pools.
 */
const lanes = {
  exports: new Lane(16, 20_000),
  populations: new Lane(6, 20_000),
  figures: new Lane(4, 20_000),
};

export type CopyOut = {
  /** The snapshot, for what is read in batches. */
  db: Database;
  /** The one row of a statement, from the same snapshot. */
  count: (statement: string) => Promise<number>;
  /** `COPY (statement) TO STDOUT`, read as fast as it is asked for. */
  copy: (statement: string, options: string) => AsyncIterable<Buffer>;
};

/**
 * Gives `read` one snapshot, on a connection of its own: outside the pool, whose statements must be short. However `read`
 * ends, the connection is gone afterwards, and with it the statement.
 */
export async function* copyingOut<T>(
  db: Database,
  read: (out: CopyOut) => AsyncGenerator<T>,
  lane: keyof typeof lanes = "exports",
): AsyncGenerator<T> {
  const connectionString = urlOf(db);
  const leave = await lanes[lane].enter();
  const client = new pg.Client({
    connectionString,
    ...patience,
    application_name: "alongside export",
  });
  // Told by the statement that it takes down.
  client.on("error", () => {});
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await client.connect();
    await client.query(
      "begin isolation level repeatable read read only; set local timezone = 'UTC'; set local standard_conforming_strings = on",
    );
    const pieces = read({
      db: drizzle(client),
      count: async (statement) => {
        const { rows } = await client.query<{ count: number }>(
          `select count(*)::int from (${statement}) counted`,
        );
        return rows[0]?.count ?? 0;
      },
      copy: (statement, options) =>
        client.query(to(`copy (${statement}) to stdout with (${options})`)),
    });
    for await (const piece of pieces) {
      // A reader who takes nothing would hold a snapshot, and with it every row that is gone since.
      timer = setTimeout(() => client.connection.stream.destroy(), silence);
      yield piece;
      clearTimeout(timer);
    }
  } finally {
    clearTimeout(timer);
    // Not `end`, which waits for a statement that nobody reads any more.
    client.connection.stream.destroy();
    leave();
  }
}

/**
 * One snapshot for a few statements that belong together and may be long: outside the pool, whose statements must be short.
 * Sums and sorts have memory for a large log, and a minute.
 */
export async function inSnapshot<T>(db: Database, read: (db: Database) => Promise<T>): Promise<T> {
  const summed = async function* (out: CopyOut) {
    await out.db.execute("set local work_mem = '64MB'; set local statement_timeout = '60s'");
    yield await read(out.db);
  };
  const once = copyingOut(db, summed, "figures");
  for await (const found of once) return found;
  throw new Error("A snapshot without an answer");
}

function urlOf(db: Database): string {
  if ("$client" in db && db.$client instanceof pg.Pool && db.$client.options.connectionString)
    return db.$client.options.connectionString;
  throw new Error("A database without an address");
}
