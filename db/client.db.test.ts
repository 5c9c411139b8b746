import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { refusalOf } from "#lib/kernel/database-refusals.ts";
import { connect, transaction } from "./client.ts";
import { isOutOfReach } from "./out-of-reach.ts";
import { type Cable, cable } from "./testing/cable.ts";
import { type TestDatabase, testDatabase } from "./testing/database.ts";

let database: TestDatabase;
let line: Cable;
const pools: { end(): Promise<void> }[] = [];
const pooled = (silence?: number) => {
  const connected = connect(line.url, 2, silence);
  pools.push(connected.pool);
  return connected.db;
};
const failure = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => null,
    (error: unknown) => error,
  );

beforeAll(async () => {
  database = await testDatabase();
  line = await cable(database.runtimeUrl);
});
afterEach(() => line.mend());
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await line.close();
  await database.drop();
});

it("says that a database is out of reach, and finds it again by itself", async () => {
  const db = pooled();
  await db.execute("select 1");
  await line.cut();
  expect(isOutOfReach(await failure(db.execute("select 1")))).toBe(true);
  await line.mend();
  expect((await db.execute("select 1 as one")).rows).toEqual([{ one: 1 }]);
});

it("ends what waits for a database that hangs, transactions too, and goes on when it is back", async () => {
  const db = pooled(1500);
  await db.execute("select 1");
  line.silence();
  const asked = failure(db.execute("select 1"));
  const changed = failure(
    transaction(db, async (tx) => {
      await tx.execute("select 1");
    }),
  );
  expect(isOutOfReach(await asked)).toBe(true);
  expect(isOutOfReach(await changed)).toBe(true);
  await line.mend();
  expect((await db.execute("select 1 as one")).rows).toEqual([{ one: 1 }]);
});

it("survives a server that ends its connections", async () => {
  const db = pooled();
  const { rows } = await db.execute<{ pid: number }>("select pg_backend_pid() as pid");
  const gone = failure(db.execute(`select pg_terminate_backend(${rows[0]?.pid})`));
  expect(isOutOfReach(await gone)).toBe(true);
  expect((await db.execute("select 1 as one")).rows).toEqual([{ one: 1 }]);
});

it("survives one that ends the connection of a transaction between its statements", async () => {
  const db = pooled();
  const gone = failure(
    transaction(db, async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>("select pg_backend_pid() as pid");
      await database.runtime.query("select pg_terminate_backend($1, 5000)", [rows[0]?.pid]);
      await tx.execute("select 1");
    }),
  );
  expect(isOutOfReach(await gone)).toBe(true);
  expect((await db.execute("select 1 as one")).rows).toEqual([{ one: 1 }]);
});

it("refuses, rather than waits for ever, when another holds the row", async () => {
  const db = pooled();
  const holder = await database.owner.connect();
  await holder.query("begin");
  await holder.query("lock table staff in access exclusive mode");
  const waited = await failure(
    transaction(db, async (tx) => {
      await tx.execute("set local lock_timeout = '1ms'");
      await tx.execute("select from staff");
    }),
  );
  await holder.query("rollback");
  holder.release();
  expect(refusalOf(waited)).toMatchObject({ code: "conflict" });
});

it("gives every connection its limits", async () => {
  const { rows } = await pooled().execute(
    `select name, setting from pg_settings
      where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`,
  );
  expect(rows).toEqual([
    { name: "idle_in_transaction_session_timeout", setting: "15000" },
    { name: "lock_timeout", setting: "5000" },
    { name: "statement_timeout", setting: "10000" },
  ]);
});
