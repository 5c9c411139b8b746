import type pg from "pg";
import { refusal } from "./attack.ts";
import type { Sql } from "./sql.ts";

/** A transaction held open by the test, on a connection of its own. */
export async function opened(pool: pg.Pool) {
  const client = await pool.connect();
  await client.query("begin");
  const { rows } = await client.query("select pg_backend_pid() as pid");
  let over = false;
  const finish = async (how: "commit" | "rollback") => {
    over = true;
    await client.query(how).finally(() => client.release());
  };
  return {
    sql: client as Sql,
    pid: Number(rows[0]?.pid),
    isOver: () => over,
    /** Runs steps and commits; gives "won", or what refused them. */
    race: (run: (sql: Sql) => Promise<unknown>): Promise<string> =>
      run(client)
        .then(() => finish("commit"))
        .then(
          () => "won",
          async (error: unknown) => {
            if (!over) await finish("rollback");
            return refusal(error);
          },
        ),
    commit: () => finish("commit"),
  };
}

export type Opened = Awaited<ReturnType<typeof opened>>;

/** Returns once this transaction waits for a lock of another; fails if it comes to its end without waiting. */
export async function waits(owner: Sql, transaction: Opened): Promise<void> {
  for (;;) {
    const { rows } = await owner.query("select cardinality(pg_blocking_pids($1)) > 0 as waits", [
      transaction.pid,
    ]);
    if (rows[0]?.waits) return;
    if (transaction.isOver()) throw new Error("It did not wait for the other transaction");
  }
}

/** Returns once the database answers yes to a question about the row with this id. */
export async function until(owner: Sql, question: string, id: string): Promise<void> {
  for (;;) {
    const { rows } = await owner.query(question, [id]);
    if (rows[0]?.yes) return;
  }
}

/**
 * Returns once no transaction of the server is under way, not even one in which it counts rows by itself. What is on record
 * by then is read on at the next look; call it with none of one's own held open.
 */
export async function atRest(
  ask: (query: string) => Promise<{ rows: Record<string, unknown>[] }>,
): Promise<void> {
  for (;;) {
    const { rows } = await ask(
      "select pg_snapshot_xmin(s) = pg_snapshot_xmax(s) as yes from pg_current_snapshot() s",
    );
    if (rows[0]?.yes) return;
  }
}
