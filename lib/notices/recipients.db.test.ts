import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, expect, it } from "vitest";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { propose } from "#lib/proposals/propose.ts";
import { ask } from "#lib/requests/ask.ts";
import { cancel } from "#lib/requests/cancel.ts";
import type { AuditEvent } from "#lib/vocabulary.ts";
import { inboxParams, readInbox } from "./inbox.ts";
import { mailChannel } from "./mail.ts";
import { markRead } from "./mark-read.ts";
import { openRunner } from "./run.ts";
import { addChannel, changeChannel, removeChannel, rotateSecret } from "./team-channels.ts";
import { hookSecret, hookServer, mailServer } from "./testing.ts";
import { webhookChannel } from "./webhook.ts";

const s = await scene();
const { ana, max, mia, worker } = await atWork(s);
const key = "a secret of thirty-two characters";
const settings = { secret: key, allowed: "private" as const };
const mail = await mailServer();
const channels = {
  mail: mailChannel({ smtpUrl: mail.url, from: "alongside@acme.test" }),
  webhook: webhookChannel({ db: worker.db, ...settings }),
};
const runner = await openRunner({ ctx: worker, channels, url: "https://alongside.acme.test" });
afterAll(async () => {
  await runner.stop();
  channels.mail.close();
  channels.webhook.close();
  await mail.close();
});
await hire(s.owner, "cleo", ["compliance"]);
const adam = await hire(s.owner, "adam", ["admin"]);
const admin: Ctx<StaffActor> = {
  ...max,
  db: drizzle(s.runtime),
  actor: { ...max.actor, id: adam, name: "adam", roles: ["admin"] },
};

/** Tells, and gives who was told what since. */
async function told(): Promise<string[]> {
  await runner.tell();
  const { rows } = await s.owner.query(
    `select n.kind, s.name from notices n join staff s on s.id = n.staff_id
      where not exists (select from seen where id = n.id) order by n.kind, s.name`,
  );
  await s.owner.query("insert into seen select id from notices on conflict do nothing");
  return rows.map(({ kind, name }) => `${kind} ${name}`);
}
await s.owner.query("create table seen (id uuid primary key)");
const people = [s.max, s.mia];
const happen = (event: AuditEvent, about: Parameters<typeof entry>[2]) =>
  s.commit((sql) => entry(sql, event, about));

it("each entry concerns whom it concerns, and nobody else", async () => {
  await s.owner.query("update staff set manager_id = $2 where id = $1", [s.ana, s.max]);
  await happen("breadth.warned", { actor: s.ana, body: { what: "Stood in for 16 people" } });
  expect(await told()).toEqual(["breadth max"]);
  await happen("finding.asked", { actor: s.ana, body: { question: "Why?", number: "F-1" } });
  expect(await told()).toEqual(["finding_asked ana"]);
  await happen("review.reminded", {
    body: { to: "reviewer", reviewer: s.mia, campaign: "2026-q3" },
  });
  expect(await told()).toEqual(["review_due mia"]);
  await happen("review.reminded", { body: { to: "compliance", reviewer: s.mia } });
  expect(await told()).toEqual(["review_due cleo"]);
  await happen("break_glass.used", { actor: s.ana, subject: s.rita, body: { asked: people } });
  expect(await told()).toEqual(["break_glass max", "break_glass mia"]);
  await happen("staff.invited", { actor: adam, body: { person: s.ben } });
  expect(await told()).toEqual(["staff ben"]);
  await happen("request.asked", { actor: s.ana });
  await happen("session.ended", { actor: s.ana });
  expect(await told()).toEqual([]);
});

it("what waits for a second person goes to who may be it", async () => {
  await admin.db.transaction((tx) =>
    propose(tx, max, {
      ...{
        kind: "flag",
        accountId: s.regulated,
        before: { tier: "regulated" },
        after: { tier: "standard" },
      },
      reason: "They left the regulated trade",
    }),
  );
  expect(await told()).toEqual(["proposal_made mia", "proposal_made moe"]);
});

it("who cancels their own request is not told, and whom it waited for reads it", async () => {
  const asked = await ask(ana, question(s.rita.id));
  if (!asked.ok) throw new Error(asked.error.message);
  expect((await told()).every((one) => one.startsWith("request_asked"))).toBe(true);
  await cancel(ana, { requestId: asked.value.id });
  expect(await told()).toEqual([]);
  const { rows } = await readInbox(max, inboxParams.parse({}));
  const one = rows.find(({ message }) => message.requestId === asked.value.id);
  expect(one?.message.outcome).toBe("ana cancelled it.");
  expect(one?.message.links.map(({ act }) => act)).toEqual(["open"]);
});

it("an inbox is one's own, newest first, and read when its reader says so", async () => {
  const own = await readInbox(max, inboxParams.parse({ show: "all" }));
  const others = await readInbox(mia, inboxParams.parse({ show: "all" }));
  const [newest] = own.rows;
  expect(own.rows.length).toBeGreaterThan(1);
  expect(await markRead(max, { noticeId: others.rows[0]?.id ?? "" })).toEqual({
    ok: true,
    value: { read: 0 },
  });
  expect(await markRead(max, { noticeId: newest?.id ?? "" })).toMatchObject({ value: { read: 1 } });
  const unread = await readInbox(max, inboxParams.parse({}));
  expect(unread.rows).toHaveLength(own.rows.length - 1);
  const rest = await markRead(max, { noticeId: unread.rows[0]?.id ?? "", all: "yes" });
  expect(rest).toMatchObject({ value: { read: own.rows.length - 1 } });
  expect((await readInbox(max, inboxParams.parse({}))).rows).toEqual([]);
  expect((await readInbox(mia, inboxParams.parse({}))).rows.length).toBe(others.rows.length);
});

it("a team's webhook is told once of a request, verifies by its newest secret, and by none once it is removed", async () => {
  const hook = { channel: "webhook" as const, name: "Approvers", team: "EMEA support" };
  const groups = ["approvals" as const];
  const input = { ...hook, address: "http://127.0.0.1:9/hook", groups };
  expect(await addChannel(max, input, settings)).toMatchObject({ error: { code: "not_allowed" } });
  const inside = await addChannel(admin, input, { ...settings, allowed: "public" });
  expect(inside).toMatchObject({ error: { fields: { address: expect.any(String) } } });
  const first = await addChannel(admin, input, settings);
  if (!first.ok) throw new Error(first.error.message);
  const { rows } = await s.owner.query("select id, secret from notice_channels");
  const channelId: string = rows[0]?.id;
  expect(rows[0]?.secret).not.toContain(first.value.secret);
  expect(await addChannel(admin, input, settings)).toMatchObject({
    error: { fields: { address: "This is here already." } },
  });

  const renewed = await rotateSecret(admin, { channelId }, settings);
  if (!renewed.ok) throw new Error(renewed.error.message);
  const hooks = await hookServer(renewed.value.secret ?? hookSecret);
  await s.commit(async (sql) => {
    const entry_id = await entry(sql, "channel.changed", { actor: adam });
    await sql.query("update notice_channels set address = $1, entry_id = $2", [
      hooks.url,
      entry_id,
    ]);
  });
  await runner.tell();
  await runner.deliverAll();
  hooks.received.length = 0;
  const asked = await ask(ana, question(s.rita.id));
  if (!asked.ok) throw new Error(asked.error.message);
  await happen("request.rang", { actor: s.ana, request: asked.value.id, body: { asked: [] } });
  await runner.tell();
  await runner.deliverAll();
  expect(hooks.forged).toEqual([]);
  expect(hooks.received).toMatchObject([{ data: { requestId: asked.value.id, to: null } }]);
  const links = JSON.stringify(hooks.received[0]?.data.links);
  expect(links).toContain(`/requests/${asked.value.id}`);
  expect(links).not.toContain("/decide/");

  const changed = await changeChannel(admin, { channelId, name: "Approvers, EMEA", groups: [] });
  expect(changed).toMatchObject({ ok: true });
  expect(await removeChannel(admin, { channelId })).toMatchObject({ ok: true });
  expect(await removeChannel(admin, { channelId })).toMatchObject({ error: { code: "not_found" } });
  await cancel(ana, { requestId: asked.value.id });
  await runner.tell();
  await runner.deliverAll();
  expect(hooks.received).toHaveLength(1);
  const { rows: events } = await s.owner.query(
    "select event from audit_entry where event like 'channel.%' order by occurred_at",
  );
  expect(events.map(({ event }) => event)).toEqual([
    ...[
      "channel.added",
      "channel.changed",
      "channel.changed",
      "channel.changed",
      "channel.removed",
    ],
  ]);
  await hooks.close();
});
