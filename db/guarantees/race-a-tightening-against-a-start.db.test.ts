import { drizzle } from "drizzle-orm/node-postgres";
import { expect, test } from "vitest";
import { entry } from "#db/testing/entry.ts";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import type { Sql } from "#db/testing/sql.ts";
import { start } from "#db/testing/steps.ts";
import { dueCause, readSession } from "#lib/impersonation/lock.ts";

const s = await scene();
const db = drizzle(s.runtime);

/** As a manager does it in the panel. */
const tighten = async (sql: Sql, after = "enterprise", before = "standard") => {
  const body = { flag: "tier", before, after };
  const id = await entry(sql, "flag.tightened", { account: s.standard, actor: s.max, body });
  await sql.query("update accounts set tier = $1, tier_entry_id = $2 where id = $3", [
    after,
    id,
    s.standard,
  ]);
};

test("a start that comes after it is refused without an approval", async () => {
  const request = await s.granted();
  const manager = await opened(s.runtime);
  const agent = await opened(s.runtime);
  await tighten(manager.sql);
  const outcome = agent.race((sql) => start(sql, request));
  await waits(s.owner, agent);
  await manager.commit();
  expect(await outcome).toBe("session_without_approval");
  await s.owner.query("update accounts set tier = 'standard' where id = $1", [s.standard]);
});

test("a start that comes before it is over with it", async () => {
  const request = await s.granted();
  const agent = await opened(s.runtime);
  const manager = await opened(s.runtime);
  const { id } = await start(agent.sql, request);
  const outcome = manager.race((sql) => tighten(sql));
  await waits(s.owner, manager);
  await agent.commit();
  expect(await outcome).toBe("won");
  const read = await readSession(db, id);
  expect(read && dueCause(read.session, read.at)).not.toBeNull();
});
