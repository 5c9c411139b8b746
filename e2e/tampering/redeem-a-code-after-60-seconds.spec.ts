import { ageSession } from "#db/testing/age.ts";
import { givingWay } from "#e2e/fixtures/databases.ts";
import { codeFor, jsonOf, post, redemption } from "#e2e/fixtures/oauth.ts";
import { watch } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("a code that is a minute old is worth nothing", async ({ caller, databases: { owner } }) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const code = await codeFor(agent, sid);
  const refused = await watch(owner, "token.refused");
  await givingWay(() => ageSession(owner, sid, "60 seconds"));

  const late = await post("token", redemption(code));
  expect(late.status).toBe(400);
  expect(jsonOf(late)).toMatchObject({ error: "invalid_grant" });
  expect(await refused()).toMatchObject([{ session_id: sid, body: { error: "invalid_grant" } }]);
  const { rows } = await owner.query(
    "select 1 from tokens where session_id = $1 union select 1 from sessions where id = $1 and ended_at is not null",
    [sid],
  );
  expect(rows).toEqual([]);

  // The session itself lives: a closed tab locks nobody out.
  expect((await post("token", redemption(await codeFor(agent, sid)))).status).toBe(200);
});
