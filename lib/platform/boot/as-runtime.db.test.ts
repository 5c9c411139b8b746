import { afterAll, beforeAll, expect, it } from "vitest";
import { connect } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { refuseToRunAsOwner } from "./as-runtime.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

async function startAs(url: string) {
  const { db, pool } = connect(url, 1);
  await refuseToRunAsOwner(db).finally(() => pool.end());
}

it("starts the panel as the runtime role", () => startAs(database.runtimeUrl));

it("refuses to start it as the owner, however it came by that role", async () => {
  await expect(startAs(database.ownerUrl)).rejects.toThrow("must not run as the owner");
});
