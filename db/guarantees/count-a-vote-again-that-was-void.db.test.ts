import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { ruleBy, wants } from "#db/testing/rules.ts";
import { scene } from "#db/testing/scene.ts";
import { type Sql, update } from "#db/testing/sql.ts";
import { approve, ask, end, grant, start, vote } from "#db/testing/steps.ts";

const s = await scene();
const ada = await hire(s.owner, "ada", ["admin"]);
let people = 0;
const manager = () => hire(s.owner, `manager ${++people}`, ["manager"]);

const suspend = async (sql: Sql, person: string) =>
  update(sql, "staff", person, {
    ...{ status: "deactivated", deactivated_at: new Date() },
    changed_entry_id: await entry(sql, "staff.withdrawn", { actor: ada, body: { person } }),
  });
const letIn = async (sql: Sql, person: string) =>
  update(sql, "staff", person, {
    ...{ status: "active", deactivated_at: null },
    changed_entry_id: await entry(sql, "staff.restored", { actor: ada, body: { person } }),
  });
const awayAndBack = async (person: string) => {
  await s.commit((sql) => suspend(sql, person));
  await s.commit((sql) => letIn(sql, person));
};

test("by who was suspended and let in again before the start", async () => {
  const voter = await manager();
  const request = await s.commit(async (sql) => {
    const asked = await ask(sql, s.ana, s.rita);
    await approve(sql, asked, voter);
    return asked;
  });
  await awayAndBack(voter);
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_approval");
});

test("nor by who was suspended when it was asked", async () => {
  const voter = await manager();
  await s.commit((sql) => suspend(sql, voter));
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  await s.commit((sql) => letIn(sql, voter));
  expect(await attack(s, (sql) => vote(sql, request, voter))).toBe("vote_without_role");
  // What is asked from now on they decide on as before.
  const next = await s.commit((sql) => ask(sql, s.ben, s.rita));
  await s.commit((sql) => approve(sql, next, voter));
});

test("nor the second of two votes", async () => {
  await wants(s.owner, { by: "manager", votes: 2 });
  const [first, second] = [await manager(), await manager()];
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  await s.commit((sql) => vote(sql, request, first));
  await awayAndBack(first);
  expect(await attack(s, (sql) => approve(sql, request, second))).toBe("request_without_approvals");
  await ruleBy(s.owner);
});

test("nor what stands by it", async () => {
  await ruleBy(s.owner, { standing: { maxHours: 8 } });
  const [agent, voter] = [await s.agent("standing"), await manager()];
  const base = { ticket: "SUP-1", scope: "read" };
  const first = await s.commit(async (sql) => {
    const asked = await ask(sql, agent, s.rita, { ...base, standing_hours: 8 });
    await approve(sql, asked, voter);
    return asked;
  });
  const session = await s.commit((sql) => start(sql, first));
  await s.commit((sql) => end(sql, session));
  const later = async (sql: Sql) =>
    grant(sql, await ask(sql, agent, s.rita, { ...base, standing_of: first.id }));
  await s.commit(later);
  await awayAndBack(voter);
  expect(await attack(s, later)).toBe("request_without_approvals");
});

test("and when somebody was let in again is nobody's to say", async () => {
  const set = (sql: Sql) => sql.query("update staff set restored_at = null");
  expect(await attack(s, set)).toBe("42501");
});
