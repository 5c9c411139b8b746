import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { GiveUp, type NoticeMessage, TryLater } from "../message.ts";
import { faultsOfMessage } from "./block-kit/testing.ts";
import { noticeBlocks } from "./blocks.ts";
import { slackChannel } from "./channel.ts";
import { fakeSlack } from "./testing.ts";

const slack = await fakeSlack();
afterAll(() => slack.close());
slack.people.add("U0RUNA");
slack.channels.set("C0EUROPE", true).set("C0OTHER", false);
const channel = slackChannel(slack.settings);
const patient = () => AbortSignal.timeout(5000);

const ask = "a".repeat(64);
const requestId = "01900000-0000-7000-8000-000000000001";
const asked: NoticeMessage = {
  key: "n1",
  kind: "request_asked",
  title: "Teodora Quill asks to look as Jane Ashdown",
  facts: [
    { label: "For", value: "Jane Ashdown, Tallowfield (regulated)" },
    { label: "Ticket", value: "SUP-4821" },
  ],
  quote: "Invoices are shown twice.",
  links: [
    { label: "Approve", href: "https://panel.test/requests/decide/x", act: "approve" },
    { label: "Deny", href: "https://panel.test/requests/decide/x", act: "deny" },
    { label: "Open", href: "https://panel.test/requests/1", act: "open" },
  ],
  outcome: null,
  requestId,
  vote: { ask, approves: false },
};
const decided = { ...asked, outcome: "Runa Castellane denied at 14:02: “Not now”." };
const buttonsIn = (blocks: unknown) =>
  JSON.parse(JSON.stringify(blocks)).flatMap((block: { type: string; elements: object[] }) =>
    block.type === "actions" ? block.elements : [],
  );

beforeEach(() => {
  slack.posted.length = 0;
  slack.calls.length = 0;
});

describe("a message by Slack", () => {
  it("reaches a person by their id, and a channel by its own", async () => {
    const { ref } = await channel.send("U0RUNA", asked, patient());
    expect(ref).toMatch(/^D0RUNA:\d+\.\d+$/);
    await channel.send("C0EUROPE", asked, patient());
    expect(slack.posted.map(({ channel }) => channel)).toEqual(["D0RUNA", "C0EUROPE"]);
    // A conversation that is open is not opened again.
    await channel.send("U0RUNA", asked, patient());
    expect(slack.calls.filter(({ method }) => method === "conversations.open")).toHaveLength(1);
    expect(JSON.stringify(slack.posted[0])).toContain("SUP-4821");
  });

  it("denies by a button, and approves by a link, or by a button where that is said", async () => {
    await channel.send("U0RUNA", asked, patient());
    expect(buttonsIn(slack.posted[0]?.blocks)).toMatchObject([
      { url: "https://panel.test/requests/decide/x" },
      { action_id: "deny", value: `${requestId}.${ask}` },
      { url: "https://panel.test/requests/1" },
    ]);
    const [approve] = buttonsIn(noticeBlocks({ ...asked, vote: { ask, approves: true } }).blocks);
    expect(approve).toMatchObject({ action_id: "approve", value: `${requestId}.${ask}` });
    expect(approve).not.toHaveProperty("url");
    const [, deny] = buttonsIn(noticeBlocks({ ...asked, vote: null }).blocks);
    expect(deny).toHaveProperty("url");
  });

  it("says afterwards who decided, and leads to no decision any more", async () => {
    const { ref } = await channel.send("U0RUNA", asked, patient());
    await channel.update("U0RUNA", ref, decided, patient());
    expect(slack.posted).toHaveLength(1);
    expect(slack.posted[0]?.text).toContain("Runa Castellane denied");
    expect(buttonsIn(slack.posted[0]?.blocks)).toMatchObject([
      { url: "https://panel.test/requests/1" },
    ]);
    expect(buttonsIn(slack.posted[0]?.blocks)).toHaveLength(1);
  });

  it("is asked for no previews, and mentions nobody, whatever was typed", async () => {
    const typed =
      "<!channel> <@U0BOSS> *now* `x` <https://evil.test|click> & :boom: @here #general";
    await channel.send(
      "U0RUNA",
      { ...asked, title: typed, quote: typed, facts: [{ label: typed, value: typed }] },
      patient(),
    );
    const [message] = slack.posted;
    expect(message?.text).toBe(
      "&lt;!channel&gt; &lt;@U0BOSS&gt; *now* `x` &lt;https://evil.test|click&gt; &amp; :boom: @here #general",
    );
    expect(JSON.stringify(message?.blocks)).not.toContain("mrkdwn");
    expect(slack.calls.at(-1)?.form).toMatchObject({
      unfurl_links: "false",
      unfurl_media: "false",
      link_names: "false",
      parse: "none",
    });
  });

  it("is within Block Kit's rules, however long and odd its texts are", () => {
    const odd = fc.string({ unit: "binary", maxLength: 6000 });
    fc.assert(
      fc.property(
        fc.record({ title: odd, quote: fc.option(odd), outcome: fc.option(odd) }),
        fc.array(fc.record({ label: odd, value: odd }), { maxLength: 30 }),
        (texts, facts) => {
          const { blocks, text } = noticeBlocks({ ...asked, ...texts, facts });
          expect(faultsOfMessage(blocks)).toEqual([]);
          expect(text.length).toBeLessThanOrEqual(3000);
        },
      ),
      { numRuns: 50, seed: 20618 },
    );
  });
});

describe("when Slack does not take it", () => {
  const tried = (to = "C0EUROPE") => channel.send(to, asked, patient()).catch((error) => error);

  it("waits as long as Slack asks for", async () => {
    slack.fail({ status: 429, retryAfter: 30 });
    const error = await tried();
    expect(error).toBeInstanceOf(TryLater);
    expect(error).toMatchObject({ afterSeconds: 30 });
    // Ours tries again, not the library.
    expect(slack.calls).toHaveLength(1);
  });

  it.each([
    [{ status: 500 }],
    [{ status: 503, body: "<html>" }],
    [{ status: 429, retryAfter: "soon" }],
    [{ status: 200, body: "<html>" }],
    [{ error: "internal_error" }],
    [{ error: "fatal_error" }],
    [{ error: "service_unavailable" }],
    [{ error: "ratelimited" }],
  ])("tries later after %j", async (fault) => {
    slack.fail(fault);
    expect(await tried()).toBeInstanceOf(TryLater);
    expect(slack.calls).toHaveLength(1);
  });

  it.each(["invalid_auth", "account_inactive", "channel_not_found", "is_archived", "whatever"])(
    "gives up after %s, in words",
    async (error) => {
      slack.fail({ error });
      const fault = await tried();
      expect(fault).toBeInstanceOf(GiveUp);
      expect(fault.message).toMatch(/[.]$|Alongside$/);
    },
  );

  it("gives up where the app is not, and on what is nobody's id", async () => {
    expect(await tried("C0OTHER")).toBeInstanceOf(GiveUp);
    expect(await tried("U0NOBODY")).toBeInstanceOf(GiveUp);
    slack.calls.length = 0;
    expect(await tried("@runa")).toBeInstanceOf(GiveUp);
    expect(slack.calls).toHaveLength(0);
  });

  it("tries later when Slack says nothing until it is no use any more, or is not there", async () => {
    slack.fail({ silence: true });
    const giveUpOn = new AbortController();
    const sent = channel.send("C0EUROPE", asked, giveUpOn.signal).catch((error) => error);
    await slack.called();
    giveUpOn.abort();
    expect(await sent).toBeInstanceOf(TryLater);
    const nowhere = slackChannel({ ...slack.settings, apiUrl: "http://127.0.0.1:9/api/" });
    expect(await nowhere.send("C0EUROPE", asked, patient()).catch((error) => error)).toBeInstanceOf(
      TryLater,
    );
  });

  it("tells nothing of the token in what it throws", async () => {
    const wrong = slackChannel({ ...slack.settings, botToken: "xoxb-secret" });
    const error = await wrong.send("C0EUROPE", asked, patient()).catch((error) => error);
    expect(error).toBeInstanceOf(GiveUp);
    expect(JSON.stringify({ ...error, message: error.message })).not.toContain("xoxb-secret");
  });
});
