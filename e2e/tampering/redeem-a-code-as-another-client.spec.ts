import { codeFor, jsonOf, post, redemption, sessionState } from "#e2e/fixtures/oauth.ts";
import { anotherProduct } from "#e2e/fixtures/products.ts";
import { watch } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("another client's presentation is refused and does not touch the code", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const thief = await anotherProduct(owner);
  const code = await codeFor(agent, sid);
  const before = await sessionState(owner, sid);
  const refused = await watch(owner, "token.refused");

  for (const redirect_uri of [redemption(code).redirect_uri, thief.redirectUri]) {
    const stolen = await post("token", { ...redemption(code), redirect_uri }, thief);
    expect(stolen.status).toBe(400);
    expect(jsonOf(stolen)).toEqual({
      error: "invalid_grant",
      error_description: "The code is not known.",
    });
  }
  expect(await sessionState(owner, sid)).toBe(before);
  // Whose code it is, is not told: not even to the record of somebody else's session.
  expect(await refused()).toMatchObject([
    { session_id: null, body: { error: "invalid_grant", by: "Shop" } },
    { session_id: null, body: { error: "invalid_grant", by: "Shop" } },
  ]);

  expect((await post("token", redemption(code))).status).toBe(200);
});
