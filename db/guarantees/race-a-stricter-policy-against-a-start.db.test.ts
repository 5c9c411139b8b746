import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { entry } from "#db/testing/entry.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { opened, waits } from "#db/testing/race.ts";
import { wants } from "#db/testing/rules.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Sql } from "#db/testing/sql.ts";
import { approve, ask, start } from "#db/testing/steps.ts";

const s = await scene();
await insert(s.owner, "policy_versions", { version: 14, body: policy14 });
const ada = await hire(s.owner, "ada", ["admin"]);
const approved = (actor = s.ana) =>
  s.commit(async (sql) => {
    const request = await ask(sql, actor, s.rita);
    await approve(sql, request, s.max);
    return request;
  });

/** As an admin does it in the panel: from now on what is sensitive wants as many. */
async function want(sql: Sql, sensitive: number, version: number, before: object) {
  const body = { ...policy14, approvals: { sensitive } };
  const told = { version, follows: version - 1, before, after: body, reason: "For a test" };
  const entry_id = await entry(sql, "policy.changed", { actor: ada, body: told });
  const row = { version, body, reason: told.reason, changed_by: ada, entry_id };
  await insert(sql, "policy_versions", row);
  return body;
}

test("a start that comes before it was in force before it", async () => {
  const request = await approved();
  const [agent, admin] = [await opened(s.runtime), await opened(s.runtime)];
  await start(agent.sql, request);
  const outcome = admin.race((sql) => want(sql, 2, 15, policy14));
  await waits(s.owner, admin);
  await agent.commit();
  expect(await outcome).toBe("won");
  const { rows } = await s.owner.query(
    `select s.started_at < v.in_force_from as before from sessions s, policy_versions v where v.version = 15`,
  );
  expect(rows).toEqual([{ before: true }]);
});

test("a start that comes after it is by its rules", async () => {
  await insert(s.owner, "policy_versions", { version: 16, body: policy14 });
  const request = await approved(s.ben);
  const [admin, agent] = [await opened(s.runtime), await opened(s.runtime)];
  await want(admin.sql, 2, 17, policy14);
  const outcome = agent.race((sql) => start(sql, request));
  await waits(s.owner, agent);
  await admin.commit();
  expect(await outcome).toBe("session_policy_stricter");
});

test("nor does a start rest on a delegate whose manager is being taken the role", async () => {
  await wants(s.owner, { by: "own_manager", votes: 1 });
  const lead = await hire(s.owner, "lead", ["manager"]);
  const agent = await hire(s.owner, "led", ["agent"], { managerId: lead });
  const request = await s
    .commit(async (sql) => {
      await insert(sql, "delegations", {
        ...{ id: newId(), from_id: lead, to_id: s.mia, given_by: lead, reason: "On leave" },
        ...{ starts_at: new Date(), ends_at: new Date(Date.now() + 86_400_000) },
        given_entry_id: await entry(sql, "delegation.given", { actor: lead }),
      });
      return null;
    })
    .then(() => s.commit((sql) => ask(sql, agent, s.rita)))
    .then(async (asked) => {
      await s.commit((sql) => approve(sql, asked, s.mia));
      return asked;
    });
  const [owner, starting] = [await opened(s.owner), await opened(s.runtime)];
  await takeRole(owner.sql, lead, "manager");
  const outcome = starting.race((sql) => start(sql, request));
  await waits(s.owner, starting);
  await owner.commit();
  expect(await outcome).toBe("session_without_approval");
});
