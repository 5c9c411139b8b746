import type pg from "pg";
import { v7 as newId } from "uuid";
import { afterAll } from "vitest";
import { testDatabase } from "./database.ts";
import { addAccount, addSubject, hire } from "./people.ts";
import { insert, type Sql } from "./sql.ts";
import { ask, grant, type Request, type Session, start } from "./steps.ts";

/**
 * A database of this test file's own with a few people in it: two agents, two managers, one who is both, a product,
 * a standard and a regulated account with one user each. Owner and runtime connect as their roles; all is closed
 * after the file.
 */
export async function scene() {
  const database = await testDatabase();
  const { owner, runtime, runtimeUrl } = database;
  afterAll(() => database.drop());

  const product = newId();
  await insert(owner, "products", {
    id: product,
    client_id: "ledger",
    name: "Ledger",
    environment: "demo",
    origin: "http://127.0.0.1:3001",
    redirect_uris: ["http://127.0.0.1:3001/alongside/callback"],
    initiate_login_uri: "http://127.0.0.1:3001/alongside/login",
  });
  const standard = await addAccount(owner, product, "standard");
  const regulated = await addAccount(owner, product, "regulated");
  // On that day for good: reviews of the tests are of 2026.
  const since = `${Math.ceil((Date.now() - Date.parse("2025-11-29Z")) / 1000)} seconds`;
  const people = {
    ana: await hire(owner, "ana", ["agent"], { since }),
    ben: await hire(owner, "ben", ["agent"], { since }),
    max: await hire(owner, "max", ["manager"], { since }),
    mia: await hire(owner, "mia", ["manager"], { since }),
    moe: await hire(owner, "moe", ["agent", "manager"], { since }),
    jane: await addSubject(owner, product, standard),
    rita: await addSubject(owner, product, regulated),
  };

  /** Runs steps in one transaction of the runtime role. */
  const commit = <T>(run: (sql: Sql) => Promise<T>): Promise<T> => inTransaction(runtime, run);
  /** A request for the standard account, granted by policy. */
  const granted = (actor = people.ana): Promise<Request> =>
    commit(async (sql) => {
      const request = await ask(sql, actor, people.jane);
      await grant(sql, request);
      return request;
    });
  /** A live session on the standard account. */
  const live = async (actor = people.ana): Promise<Session> => {
    const request = await granted(actor);
    return commit((sql) => start(sql, request));
  };
  const agent = (name: string) => hire(owner, name, ["agent"]);
  return {
    owner,
    runtime,
    runtimeUrl,
    agent,
    product,
    standard,
    regulated,
    ...people,
    commit,
    granted,
    live,
  };
}

export type Scene = Awaited<ReturnType<typeof scene>>;

export async function inTransaction<T>(pool: pg.Pool, run: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await run(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
