import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { ask } from "#db/testing/steps.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mailChannel } from "./mail.ts";
import { openRunner } from "./run.ts";
import { addHook, choose, hookSecret, hookServer, mailServer } from "./testing.ts";
import { webhookChannel } from "./webhook.ts";
import { addressFault, isInside } from "./webhook-address.ts";

const s = await scene();
const key = "a secret of thirty-two characters";
const hooks = await hookServer(hookSecret);
const mail = await mailServer();
await insert(s.owner, "policy_versions", { version: 14, body: policy14 });
const ctx: Ctx = {
  db: drizzle(s.runtime),
  actor: { kind: "system", part: "worker" },
  ip: null,
  userAgent: null,
  requestId: newId(),
};
const channels = {
  webhook: webhookChannel({ db: ctx.db, secret: key, allowed: "private" }),
  mail: mailChannel({ smtpUrl: mail.url, from: "Alongside <alongside@acme.test>" }),
};
const runner = await openRunner({ ctx, channels, url: "https://alongside.acme.test" });
afterAll(async () => {
  await runner.stop();
  channels.mail.close();
  channels.webhook.close();
  await Promise.all([hooks.close(), mail.close()]);
});

const nasty =
  "Eve\r\nBcc: all@acme.test\r\n\r\n<img src=x onerror=alert(1)>\u202Egro.live\u2066\u0000".replace(
    "\u0000",
    "",
  );

it("whatever a name or a reason holds, a mail stays one mail to one person, and a text a text", async () => {
  await s.owner.query("update accounts set name = $2 where id = $1", [s.regulated, nasty]);
  await s.owner.query("update subjects set name = $2 where id = $1", [s.rita.id, nasty]);
  await s.owner.query("update staff set name = $2 where id = $1", [s.ana, nasty]);
  const adam = await hire(s.owner, "adam", ["admin"]);
  await s.commit((sql) => addHook(sql, adam, { address: hooks.url, key }));
  await s.commit((sql) => choose(sql, s.max, "webhook", true));
  await s.commit(async (sql) => {
    const reason = `${nasty}\nSecond line {{7*7}} *bold* <https://evil.test|here>`;
    const request = await ask(sql, s.ana, s.rita, { approvals_needed: 1, reason });
    const about = { actor: s.ana, subject: s.rita, request: request.id };
    await entry(sql, "request.rang", { ...about, body: { asked: [s.max] } });
  });
  await runner.tell();
  await runner.deliverAll();

  expect(mail.mails).toHaveLength(1);
  const [one] = mail.mails;
  expect([one?.to].flat().map((to) => to?.text)).toEqual(["max@alongside.test"]);
  expect(one?.bcc).toBeUndefined();
  expect(one?.headers.has("bcc")).toBe(false);
  expect(one?.subject).not.toMatch(/[\r\n\u202A-\u202E\u2066-\u2069]/);
  const html = String(one?.html);
  expect(html).not.toMatch(/<img|[\u202A-\u202E\u2066-\u2069]/);
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  expect(html).not.toMatch(/<a href="(?!https:\/\/alongside\.acme\.test\/)/);
  expect(one?.text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  // The subject's own name is in the mail, never in its subject line; their address is nowhere.
  expect(JSON.stringify(one?.text)).not.toContain("@northwind.test");

  expect(hooks.forged).toEqual([]);
  expect(hooks.received).toHaveLength(1);
  const said = JSON.stringify(hooks.received[0]?.data);
  expect(said).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  expect(said).not.toContain("@northwind.test");
});

it("an entry that cannot be told of keeps no other from being told", async () => {
  const before = mail.mails.length;
  // Somebody whose id is none that we make: they are not told, which the schema holds against the whole entry.
  const odd = "00000000-0000-0000-0000-00000000abcd";
  await insert(s.owner, "staff", {
    ...{ id: odd, name: "odd", email: "odd@alongside.test", kind: "person", team: "EMEA support" },
    zone: "UTC",
  });
  const request = await s.commit((sql) => ask(sql, s.ben, s.rita, { approvals_needed: 1 }));
  const about = { actor: s.ben, subject: s.rita, request: request.id };
  const rang = (asked: unknown[]) =>
    s.commit((sql) => entry(sql, "request.rang", { ...about, body: { asked } }));
  await rang([s.max, odd]);
  await rang(["nobody", s.moe]);
  await rang([s.mia]);
  await expect(runner.tell()).rejects.toThrow();
  await runner.deliverAll();
  const to = mail.mails.slice(before).flatMap((one) => [one.to].flat().map((of) => of?.text));
  expect(to.sort()).toEqual(["mia@alongside.test", "moe@alongside.test"]);
  const { rows } = await s.owner.query("select count(*)::int as n from notice_outbox");
  expect(rows).toEqual([{ n: 1 }]);
});

it("no webhook leads inside, by whatever spelling", () => {
  for (const address of [
    "http://example.com/hook",
    "https://127.0.0.1/hook",
    "https://127.1/hook",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://10.0.0.8/",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[fd00::1]/",
    "https://[fe80::1]/",
    "https://[64:ff9b::a00:1]/",
    "https://[2002:a00:1::]/",
    "https://localhost/",
    "https://db.internal/",
    "https://printer.local./",
    "https://user:password@example.com/",
    "ftp://example.com/",
    "javascript:alert(1)",
    "example.com",
  ])
    expect([address, addressFault(address, "public")]).toEqual([address, expect.any(String)]);
  for (const address of ["https://example.com/hook", "https://[2606:4700::1111]/"])
    expect(addressFault(address, "public")).toBeNull();
  expect(addressFault("http://127.0.0.1:9000/hook", "private")).toBeNull();
  expect(["8.8.8.8", "2606:4700::1111"].map(isInside)).toEqual([false, false]);
});

it("nor by a name that leads inside, nor by a redirect", async () => {
  const boss = await hire(s.owner, "boss", ["admin"]);
  const inside = await s.commit((sql) =>
    addHook(sql, boss, { address: "https://localtest.invalid/hook", key }),
  );
  const outside = webhookChannel({ db: ctx.db, secret: key, allowed: "public" });
  const message = {
    ...{ key: newId(), kind: "test" as const, title: "t", facts: [], quote: null, links: [] },
    ...{ outcome: null, requestId: null, vote: null },
  };
  const signal = AbortSignal.timeout(5_000);
  await expect(outside.send(`${inside}/`, message, signal)).rejects.toThrow();
  outside.close();

  hooks.state.answer = () => ({ status: 307, headers: { location: `${hooks.url}/elsewhere` } });
  const count = hooks.received.length;
  const own = await s.commit((sql) => addHook(sql, boss, { address: `${hooks.url}2`, key }));
  await expect(channels.webhook.send(`${own}/`, message, signal)).rejects.toThrow(
    "it answered 307",
  );
  expect(hooks.received).toHaveLength(count);
});
