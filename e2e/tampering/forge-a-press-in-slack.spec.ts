import { askFrom, retryAfterIn, untilAnswered } from "#e2e/fixtures/from-elsewhere.ts";
import { send } from "#e2e/fixtures/http.ts";
import { refusalsOf, useUp } from "#e2e/fixtures/limits.ts";
import { bring, press, submission } from "#e2e/fixtures/slack.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stateOfAll } from "#e2e/fixtures/untouched.ts";
import { limits } from "#lib/limits/limits.ts";

const path = "/api/slack/interactions";
const minutes = (n: number) => new Date(Date.now() + n * 60_000);

test("nothing that Slack did not sign just now is taken, whoever is signed in", async ({
  caller,
  newcomer,
  databases: { owner },
  urls,
}) => {
  const [agent, manager] = [await newcomer(), await caller(["manager"])];
  const requestId = await asked(agent, await subjectOf(owner, "aino@quennell.test"));
  const deny = submission(
    "U0NOBODY",
    { callback_id: "deny_request", private_metadata: `${requestId}.${"0".repeat(64)}` },
    "Not now",
  );
  const before = (await stateOfAll(owner)).approvals;
  const refused = [
    await bring(deny, { secret: "another secret altogether" }),
    await bring(deny, { at: minutes(-6) }),
    await bring(deny, { at: minutes(6) }),
    await bring(deny, { body: "payload=%7B%7D" }),
    await bring(deny, { headers: { "x-slack-signature": "v0=00" } }),
    await bring(deny, { headers: { "x-slack-request-timestamp": "1" } }),
    await bring(deny, { secret: "another", headers: { cookie: manager.cookie } }),
    await send(urls.panel, path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", cookie: manager.cookie },
      body: "payload=%7B%7D",
    }),
  ];
  for (const { status, text, headers } of refused) {
    expect(status).toBe(401);
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(text).not.toContain(requestId);
  }
  const odd = [
    await bring(deny, { headers: { "content-type": "application/json" } }),
    await bring(deny, { headers: { "content-type": "multipart/form-data; boundary=x" } }),
    await bring(deny, { body: "x".repeat((256 << 10) + 1) }),
    await send(urls.panel, path, { method: "PUT", headers: { cookie: manager.cookie } }),
  ];
  expect(odd.map(({ status }) => status)).toEqual([415, 415, 413, 405]);
  expect((await stateOfAll(owner)).approvals).toBe(before);
});

test("what was taken once is not taken again, and who is not linked decides nothing", async ({
  newcomer,
  databases: { owner },
}) => {
  const agent = await newcomer();
  const requestId = await asked(agent, await subjectOf(owner, "aino@quennell.test"));
  const { rows } = await owner.query(
    "select encode(ask_hash, 'hex') as ask from requests where id = $1",
    [requestId],
  );
  const value = `${requestId}.${rows[0]?.ask}`;
  const at = new Date();
  const pressed = press("U0STRANGER", { action_id: "deny", value });
  expect((await bring(pressed, { at })).status).toBe(200);
  expect((await bring(pressed, { at })).status).toBe(401);
  const view = { callback_id: "deny_request", private_metadata: value };
  const sent = await bring(submission("U0STRANGER", view, "Not now"));
  expect(sent.status).toBe(200);
  expect(JSON.parse(sent.text)).toMatchObject({ response_action: "update" });
  expect(sent.text).toContain("does not know this Slack account");
  const { rowCount } = await owner.query("select 1 from approvals where request_id = $1", [
    requestId,
  ]);
  expect(rowCount).toBe(0);
});

test("a network that floods the endpoint is refused, with when; others are not", async ({
  databases: { owner },
  urls,
}) => {
  const flooder = "127.0.0.91";
  const forge = (from: string) =>
    askFrom(urls.panel + path, {
      from,
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "payload=%7B%7D",
    });
  const { most } = limits.slack_from_source;
  await useUp(owner, `slack_from_source:${flooder}`, "slack_from_source", most - 5);
  const often = await untilAnswered(429, 400, () => forge(flooder));
  expect(retryAfterIn(often)).toBeGreaterThan(0);
  expect((await forge("127.0.0.92")).status).toBe(401);
  expect(await refusalsOf(owner, "slack_from_source", { source: flooder })).toBeGreaterThan(0);
});
