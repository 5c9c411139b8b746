import { afterAll, expect, it } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { AnonymousActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { openRunner } from "../../run.ts";
import { slackChannel } from "../channel.ts";
import { interact } from "../interact.ts";
import { fakeSlack, signed } from "../testing.ts";
import { askSlackLink } from "./ask.ts";

const slack = await fakeSlack();
const s = await scene();
const { max, mia, moe, worker } = await atWork(s);
const anybody: Ctx<AnonymousActor> = { ...max, actor: { kind: "anonymous" } };
const channels = { slack: slackChannel(slack.settings) };
const runner = await openRunner({ ctx: worker, channels, url: "https://alongside.acme.test" });
afterAll(async () => {
  await runner.stop();
  await slack.close();
});

const messagesTo = (user: string) =>
  slack.posted.filter(({ channel }) => channel === `D${user.slice(1)}`);
const buttons = (user: string) =>
  messagesTo(user).map(({ blocks }) => JSON.stringify(blocks).includes('"button"'));
const texts = (user: string) => messagesTo(user).map(({ text }) => text);

async function asks(person: Ctx<StaffActor>, user: string): Promise<void> {
  slack.people.add(user);
  const asked = await askSlackLink(person, slack.settings, { userId: user });
  if (!asked.ok) throw new Error(asked.error.message);
}
let pressed = 0;
async function press(user: string, which: number): Promise<void> {
  const code = /"value":"([\w-]{43})"/.exec(JSON.stringify(messagesTo(user)[which]?.blocks))?.[1];
  pressed += 1;
  const { body, headers } = signed(slack.settings.signingSecret, {
    type: "block_actions",
    team: { id: slack.team },
    user: { id: user },
    trigger_id: `trigger.${pressed}`,
    channel: { id: `D${user.slice(1)}` },
    actions: [{ action_id: "link", value: code, type: "button" }],
  });
  const timestamp = headers["x-slack-request-timestamp"];
  const signature = headers["x-slack-signature"];
  const said = await interact(
    anybody,
    slack.settings,
    { body, timestamp, signature },
    new Date(Number(timestamp) * 1000),
  );
  if (said.ok) await said.value.later?.();
}
const passMinutes = (minutes: number) =>
  inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "slack_codes", () =>
      sql.query(
        "update slack_codes set made_at = made_at - make_interval(mins => $1::integer), good_until = good_until - make_interval(mins => $1::integer)",
        [minutes],
      ),
    ),
  );

it("once the link is made no message that asked for it has a button any more", async () => {
  await asks(max, "U0MAX");
  await asks(max, "U0MAX");
  expect(buttons("U0MAX")).toEqual([true, true]);
  await press("U0MAX", 1);
  expect(buttons("U0MAX")).toEqual([false, false]);
  expect(texts("U0MAX").at(-1)).toContain("you are max in Alongside.");
});

it("nor one that nobody answered in time, nor where Slack was down just then", async () => {
  await asks(mia, "U0MIA");
  await runner.lookAfter();
  expect(buttons("U0MIA")).toEqual([true]);
  await passMinutes(11);
  slack.fail({ status: 503 });
  await runner.lookAfter();
  expect(buttons("U0MIA")).toEqual([true]);
  await runner.lookAfter();
  expect(buttons("U0MIA")).toEqual([false]);
  expect(texts("U0MIA")[0]).toContain("Nothing was linked");
  const before = slack.calls.length;
  await runner.lookAfter();
  expect(slack.calls.length).toBe(before);
});

it("one that cannot be changed keeps no other from it, and is not tried again", async () => {
  await asks(mia, "U0GONE");
  await asks(moe, "U0MOE");
  await passMinutes(11);
  slack.fail({ error: "message_not_found" });
  await runner.lookAfter();
  expect([...buttons("U0GONE"), ...buttons("U0MOE")].filter(Boolean)).toHaveLength(1);
  const before = slack.calls.length;
  await runner.lookAfter();
  expect(slack.calls.length).toBe(before);
});
