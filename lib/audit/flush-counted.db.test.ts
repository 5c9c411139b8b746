import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, expect, it } from "vitest";
import { testDatabase } from "#db/testing/database.ts";
import { insert } from "#db/testing/sql.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { flushCounted } from "./flush-counted.ts";

const database = await testDatabase();
afterAll(() => database.drop());
const ctx: Ctx = {
  db: drizzle(database.runtime),
  actor: { kind: "system", part: "worker" },
  ip: null,
  userAgent: null,
  requestId: newId(),
};
const counted = (event: string, source: string, minute: string) =>
  insert(database.owner, "counted_refusals", {
    ...{ id: newId(), event, source, code: "not_allowed", minute, count: 2 },
  });
const left = async () => {
  const { rows } = await database.owner.query("select event from counted_refusals");
  return rows.map((row) => row.event);
};
const refused = async () => {
  const { rowCount } = await database.owner.query(
    "select from audit_entry where event = 'client.refused'",
  );
  return rowCount;
};

it("what cannot be written stays, is told of, and keeps no other from the record", async () => {
  // Of a newer version, say, that was taken back: more of it than a round looks at, and older than the rest.
  for (let n = 0; n < 5; n += 1)
    await counted("future.refused", `192.0.2.${n}`, "2026-01-01T00:00:00Z");
  for (let n = 0; n < 3; n += 1)
    await counted("client.refused", `192.0.2.${n}`, "2026-01-01T00:01:00Z");
  for (let round = 0; round < 3; round += 1)
    await expect(flushCounted(ctx, 2)).rejects.toThrow("no event that we know");
  expect(await refused()).toBe(3);
  expect(await left()).toEqual(Array(5).fill("future.refused"));
});
