import { expect, test } from "vitest";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { attempt, end } from "#db/testing/steps.ts";

const s = await scene();

test("the end first: the write is refused", async () => {
  const session = await s.live();
  const manager = await opened(s.runtime);
  const agent = await opened(s.runtime);
  await end(manager.sql, session);
  const outcome = agent.race((sql) => attempt(sql, session));
  await waits(s.owner, agent);
  await manager.commit();
  expect(await outcome).toBe("action_after_end");
});

test("the end first, seen from an old snapshot: refused as well", async () => {
  const session = await s.live();
  const agent = await opened(s.runtime);
  await agent.sql.query("rollback; begin isolation level repeatable read; select 1 from sessions");
  await s.commit((sql) => end(sql, session));
  expect(await agent.race((sql) => attempt(sql, session))).toBe("40001");
});

test("the write first: the end waits for it, and its entry comes after", async () => {
  const session = await s.live();
  const agent = await opened(s.runtime);
  const manager = await opened(s.runtime);
  await attempt(agent.sql, session);
  const outcome = manager.race(async (sql) => {
    await sql.query("select from sessions where id = $1 for update", [session.id]);
    await end(sql, session);
  });
  await waits(s.owner, manager);
  await agent.commit();
  expect(await outcome).toBe("won");
  const { rows } = await s.owner.query(
    "select event from audit_entry where session_id = $1 order by occurred_at",
    [session.id],
  );
  expect(rows.map((row) => row.event)).toEqual([
    "session.started",
    "action.write",
    "session.ended",
  ]);
});

test("two ends: the second is told", async () => {
  const session = await s.live();
  const agent = await opened(s.runtime);
  const manager = await opened(s.runtime);
  await end(agent.sql, session);
  const outcome = manager.race((sql) => end(sql, session, { end_cause: "manager" }));
  await waits(s.owner, manager);
  await agent.commit();
  expect(await outcome).toBe("session_ended");
});
