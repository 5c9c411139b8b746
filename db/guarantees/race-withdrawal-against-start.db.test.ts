import { expect, test } from "vitest";
import { giveRole, stop, takeRole } from "#db/testing/people.ts";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import type { Sql } from "#db/testing/sql.ts";
import { approve, ask, end, start } from "#db/testing/steps.ts";

const s = await scene();
const approved = (subject = s.rita) =>
  s.commit(async (sql) => {
    const request = await ask(sql, s.ana, subject);
    await approve(sql, request, s.max);
    return request;
  });

type Withdrawal = [string, string, (sql: Sql) => Promise<unknown>, (sql: Sql) => Promise<unknown>];
const withdrawals: Withdrawal[] = [
  [
    "the approver's role",
    "session_without_approval",
    (sql) => takeRole(sql, s.max, "manager"),
    (sql) => giveRole(sql, s.max, "manager"),
  ],
  [
    "the actor's role",
    "session_actor_role",
    (sql) => takeRole(sql, s.ana, "agent"),
    (sql) => giveRole(sql, s.ana, "agent"),
  ],
  [
    "the account",
    "session_subject",
    (sql) => sql.query("update accounts set stance = 'closed'"),
    (sql) => sql.query("update accounts set stance = 'allowed'"),
  ],
  [
    "the subject",
    "session_subject",
    (sql) => sql.query("update subjects set status = 'deactivated'"),
    (sql) => sql.query("update subjects set status = 'active'"),
  ],
];

test.each(withdrawals)("%s is withdrawn first", async (_, guarantee, withdraw, restore) => {
  const request = await approved();
  const owner = await opened(s.owner);
  const agent = await opened(s.runtime);
  await withdraw(owner.sql);
  const outcome = agent.race((sql) => start(sql, request));
  await waits(s.owner, agent);
  await owner.commit();
  expect(await outcome).toBe(guarantee);
  await restore(s.owner);
});

test.each(withdrawals)("the start is first: %s waits", async (_, __, withdraw, restore) => {
  const request = await approved();
  const agent = await opened(s.runtime);
  const owner = await opened(s.owner);
  const session = await start(agent.sql, request);
  const outcome = owner.race(withdraw);
  await waits(s.owner, owner);
  await agent.commit();
  expect(await outcome).toBe("won");
  await s.commit((sql) => end(sql, session, { end_cause: "actor_withdrawn" }));
  await restore(s.owner);
});

test("a global stop comes before a start or after it, never beside it", async () => {
  const [before, after] = [await approved(), await approved(s.jane)];
  const first = await opened(s.runtime);
  await start(first.sql, before);
  const owner = await opened(s.owner);
  const stopping = owner.race((sql) => stop(sql, s.max));
  await waits(s.owner, owner);
  const second = await opened(s.runtime);
  const late = second.race((sql) => start(sql, after));
  await waits(s.owner, second);
  await first.commit();
  expect(await stopping).toBe("won");
  expect(await late).toBe("session_global_stop");
});
