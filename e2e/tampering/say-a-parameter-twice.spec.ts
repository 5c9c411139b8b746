import {
  authorize,
  codeFor,
  jsonOf,
  post,
  redemption,
  sentBack,
  sessionState,
  wellAsked,
} from "#e2e/fixtures/oauth.ts";
import { countOf } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("a parameter that comes twice is no parameter (RFC 6749 §3.1)", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const before = await sessionState(owner, sid);
  const asked = wellAsked(sid);

  for (const [name, value] of Object.entries(asked)) {
    for (const twice of [value, "https://evil.test/"]) {
      const answer = await authorize(agent, [...Object.entries(asked), [name, twice]]);
      const what = `${name} and ${twice}`;
      expect(answer.headers.location ?? "", what).not.toContain("evil");
      expect(sentBack(answer)?.has("code") ?? false, what).toBe(false);
      if (name === "redirect_uri" || name === "client_id") expect(answer.status, what).toBe(400);
      else expect(sentBack(answer)?.has("error"), what).toBe(true);
    }
  }
  expect(await sessionState(owner, sid)).toBe(before);

  const code = await codeFor(agent, sid);
  const untouched = await sessionState(owner, sid);
  const counted = await countOf(owner, "client.refused", "invalid");
  for (const [name, value] of Object.entries(redemption(code))) {
    const answer = await post("token", [...Object.entries(redemption(code)), [name, value]]);
    expect(answer.status, name).toBe(400);
    expect(jsonOf(answer), name).toMatchObject({ error: "invalid_request" });
  }
  expect(await sessionState(owner, sid)).toBe(untouched);
  expect(await countOf(owner, "client.refused", "invalid")).toBe(counted + 4);
  expect((await post("token", redemption(code))).status).toBe(200);
});
