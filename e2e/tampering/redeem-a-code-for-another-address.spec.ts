import { codeFor, jsonOf, post, redemption } from "#e2e/fixtures/oauth.ts";
import { eventsOf, watch } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("the address at the token endpoint is that of the code, to the letter", async ({
  caller,
  databases: { owner },
}) => {
  const subject = await subjectOf(owner, "jane@pebblewick.test");
  const others: [string, (own: string) => Record<string, string>][] = [
    ["a foreign one", () => ({ redirect_uri: "https://evil.test/" })],
    ["one with a slash", (own) => ({ redirect_uri: `${own}/` })],
    ["one with a query", (own) => ({ redirect_uri: `${own}?x` })],
    ["one of another host", (own) => ({ redirect_uri: own.replace("127.0.0.1", "localhost") })],
    ["none", () => ({})],
  ];
  for (const [name, over] of others) {
    const agent = await caller();
    const sid = await started(agent, subject);
    const refused = await watch(owner, "token.refused");
    const { redirect_uri: own, ...rest } = redemption(await codeFor(agent, sid));
    const answer = await post("token", { ...rest, ...over(own) });
    expect(answer.status, name).toBe(400);
    expect(jsonOf(answer), name).toMatchObject({ error: "invalid_grant" });
    expect(await eventsOf(owner, sid), name).not.toContain("token.issued");
    expect(await refused(), name).toMatchObject([{ session_id: sid }]);
  }
});
