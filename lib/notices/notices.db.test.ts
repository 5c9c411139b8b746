import { afterAll, describe, expect, it } from "vitest";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import { ask } from "#lib/requests/ask.ts";
import { approve, deny } from "#lib/requests/vote.ts";
import { mailChannel } from "./mail.ts";
import { openRunner } from "./run.ts";
import { addHook, choose, hookSecret, hookServer, mailServer } from "./testing.ts";
import { webhookChannel } from "./webhook.ts";

const s = await scene();
const { ana, max, mia, worker } = await atWork(s);
await s.owner.query(
  "update staff_sign_ins set ended_at = clock_timestamp(), end_cause = 'signed_out' where staff_id = $1",
  [s.moe],
);
const key = "a secret of thirty-two characters";
const mail = await mailServer();
const hooks = await hookServer(hookSecret);
const adam = await hire(s.owner, "adam", ["admin"]);
await s.commit((sql) => addHook(sql, adam, { address: hooks.url, key }));
await s.commit((sql) => choose(sql, s.mia, "webhook", true));
await s.commit((sql) => choose(sql, s.mia, "mail", false));
const channels = {
  mail: mailChannel({ smtpUrl: mail.url, from: "Alongside <alongside@acme.test>" }),
  webhook: webhookChannel({ db: worker.db, secret: key, allowed: "private" }),
};
const running = { ctx: worker, channels, url: "https://alongside.acme.test", patienceMs: 2_000 };
const runner = await openRunner(running);
afterAll(async () => {
  channels.mail.close();
  channels.webhook.close();
  await runner.stop();
  await Promise.all([mail.close(), hooks.close()]);
});

async function asked(): Promise<{ id: string; ask: string }> {
  const result = await ask(ana, question(s.rita.id));
  if (!result.ok) throw new Error(result.error.message);
  const { rows } = await s.owner.query(
    "select encode(ask_hash, 'hex') as ask from requests where id = $1",
    [result.value.id],
  );
  return { id: result.value.id, ask: rows[0]?.ask };
}
const round = async () => {
  await runner.tell();
  await runner.deliverAll();
};

describe("a request", () => {
  it("reaches who is asked by the ways they chose, and its decision every copy and the actor", async () => {
    const request = await asked();
    await round();
    expect(mail.mails.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^ana asks to look as a user of Northwind \(R-\d+\)$/),
    ]);
    const text = mail.mails[0]?.text ?? "";
    expect(text).toContain("https://alongside.acme.test/requests/decide/");
    expect(text).toContain("Invoices are shown twice");
    expect(hooks.forged).toEqual([]);
    expect(hooks.received).toMatchObject([
      { type: "notice.told", data: { kind: "request_asked", to: { id: s.mia }, outcome: null } },
    ]);

    const decided = await approve(mia, { requestId: request.id, ask: request.ask, minutes: 15 });
    expect(decided.ok).toBe(true);
    await round();
    expect(
      mail.mails
        .slice(1)
        .map(({ subject, inReplyTo }) => [subject, inReplyTo])
        .sort(),
    ).toEqual([
      [expect.stringMatching(/^Approved: R-\d+, Northwind$/), undefined],
      [expect.stringMatching(/^Re: ana asks to look/), mail.mails[0]?.messageId],
    ]);
    for (const one of mail.mails.slice(1)) {
      expect(one.text).toContain("mia approved it.");
      expect(one.text).not.toContain("/requests/decide/");
    }
    expect(hooks.received.at(-1)).toMatchObject({
      type: "notice.decided",
      data: { outcome: "mia approved it.", links: [{ act: "open" }] },
    });
    expect(hooks.received).toHaveLength(2);
    const before = mail.mails.length;
    await round();
    expect(mail.mails).toHaveLength(before);
  });

  it("that is decided before it is sent says who decided, and leads nowhere", async () => {
    const count = mail.mails.length;
    const request = await asked();
    const denied = await deny(max, {
      requestId: request.id,
      ask: request.ask,
      comment: "Not now, please",
    });
    expect(denied.ok).toBe(true);
    await round();
    const sent = mail.mails.slice(count);
    expect(sent).toHaveLength(2);
    for (const one of sent) expect(one.text).toContain("max denied it: “Not now, please”");
    for (const one of sent) expect(one.text).not.toContain("/requests/decide/");
  });
});
