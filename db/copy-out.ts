import pg from "pg";
import { to } from "pg-copy-streams";
import type { Database } from "./client.ts";

/** Milliseconds. Exports take as long as their readers: see `silence`. */
const patience = {
  connectionTimeoutMillis: 5_000,
  lock_timeout: 5_000,
  statement_timeout: 60 * 60_000,
  idle_in_transaction_session_timeout: 60_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
};

export type CopyOut = {
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
): AsyncGenerator<T> {
  const client = new pg.Client({
    connectionString: urlOf(db),
    ...patience,
    application_name: "alongside export",
  });
  // Told by the statement that it takes down.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(
      "begin isolation level repeatable read read only; set local timezone = 'UTC'; set local standard_conforming_strings = on",
    );
    yield* read({
      count: async (statement) => {
        const { rows } = await client.query<{ count: number }>(
          `select count(*)::int from (${statement}) counted`,
        );
        return rows[0]?.count ?? 0;
      },
      copy: (statement, options) =>
        client.query(to(`copy (${statement}) to stdout with (${options})`)),
    });
  } finally {
    // Not `end`, which waits for a statement that nobody reads any more.
    client.connection.stream.destroy();
  }
}

function urlOf(db: Database): string {
  if ("$client" in db && db.$client instanceof pg.Pool && db.$client.options.connectionString)
    return db.$client.options.connectionString;
  throw new Error("A database without an address");
}
