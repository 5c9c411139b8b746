import {
  codeFor,
  introspection,
  jsonOf,
  post,
  redemption,
  sessionState,
} from "#e2e/fixtures/oauth.ts";
import { sessionOf, watch } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("the second presentation gives nothing and ends the session", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const refused = await watch(owner, "token.refused");
  const code = await codeFor(agent, sid);
  const { access_token: token } = jsonOf(await post("token", redemption(code)));

  const again = await post("token", redemption(code));
  expect(again.status).toBe(400);
  expect(jsonOf(again)).toMatchObject({ error: "invalid_grant" });
  expect(again.text).not.toContain("access_token");
  expect(await introspection(String(token))).toMatchObject({
    active: false,
    ended_cause: "code_reuse",
  });
  expect(await refused()).toMatchObject([
    { session_id: sid, body: { error: "invalid_grant", by: "Ledger" } },
  ]);

  const before = await sessionState(owner, sid);
  expect((await post("token", redemption(code))).status).toBe(400);
  expect(await sessionState(owner, sid)).toBe(before);
});

test("of many presentations at once exactly one gets a token, and the session is over", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const code = await codeFor(agent, sid);

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => post("token", redemption(code))),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(400)]);
  expect(await sessionOf(owner, agent.person.id)).toMatchObject({ end_cause: "code_reuse" });
  const won = answers.find(({ status }) => status === 200);
  const token = won && jsonOf(won).access_token;
  expect(await introspection(String(token))).toMatchObject({ active: false });
});
