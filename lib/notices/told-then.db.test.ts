import { afterAll, expect, it } from "vitest";
import { giveRole, hire, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { end } from "#lib/impersonation/end.ts";
import { readSessionPage } from "#lib/impersonation/queries.ts";
import { start } from "#lib/impersonation/start.ts";
import { tellEnded } from "#lib/impersonation/tell-ended.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { propose } from "#lib/proposals/propose.ts";
import { ask } from "#lib/requests/ask.ts";
import { approve, deny } from "#lib/requests/vote.ts";
import { inboxParams, readInbox } from "./inbox.ts";
import type { NoticeMessage } from "./message.ts";
import { openRunner } from "./run.ts";
import { addHook, choose, hookSecret, hookServer } from "./testing.ts";
import { webhookChannel } from "./webhook.ts";

const s = await scene();
const { ana, max, mia, worker } = await atWork(s);
const key = "a secret of thirty-two characters";
const hooks = await hookServer(hookSecret);
const adam = await hire(s.owner, "adam", ["admin"]);
await s.commit((sql) => addHook(sql, adam, { address: hooks.url, key }));
await s.commit((sql) => choose(sql, s.max, "webhook", true));
const channels = { webhook: webhookChannel({ db: worker.db, secret: key, allowed: "private" }) };
const runner = await openRunner({ ctx: worker, channels, url: "https://alongside.acme.test" });
afterAll(async () => {
  await runner.stop();
  channels.webhook.close();
  await hooks.close();
});

const round = async () => {
  await runner.tell();
  await runner.deliverAll();
};
/** Max is of the staff still, as an agent who decides on nothing. */
const demoted: Ctx<StaffActor> = { ...max, actor: { ...max.actor, roles: ["agent"] } };
async function demote(): Promise<void> {
  await takeRole(s.owner, s.max, "manager");
  await giveRole(s.owner, s.max, "agent");
}
async function promote(): Promise<void> {
  await takeRole(s.owner, s.max, "agent");
  await giveRole(s.owner, s.max, "manager");
}
const newest = async (reader: Ctx<StaffActor>, kind: string): Promise<NoticeMessage> => {
  const { rows } = await readInbox(reader, inboxParams.parse({ show: "all" }));
  const found = rows.map(({ message }) => message).find((message) => message.kind === kind);
  if (!found) throw new Error(`Nothing of ${kind}`);
  return found;
};
const value = ({ facts }: NoticeMessage, label: string) =>
  facts.find((fact) => fact.label === label)?.value;

async function asked() {
  const result = await ask(ana, question(s.rita.id, { reason: "Rita cannot open her invoice" }));
  if (!result.ok) throw new Error(result.error.message);
  const { rows } = await s.owner.query(
    "select encode(ask_hash, 'hex') as ask from requests where id = $1",
    [result.value.id],
  );
  return { requestId: result.value.id, ask: String(rows[0]?.ask), minutes: result.value.minutes };
}

it("of a request: what they were asked, and who decided, but not what, nor why", async () => {
  const request = await asked();
  await round();
  const then = await newest(max, "request_asked");
  await demote();
  const { requestId, ask: hash } = request;
  await deny(mia, { requestId, ask: hash, comment: "Rita called off the whole matter" });
  await s.owner.query("update accounts set tier = 'enterprise' where id = $1", [s.regulated]);
  await round();
  const now = await newest(demoted, "request_asked");
  expect(now).toMatchObject({ title: then.title, quote: then.quote, links: [], vote: null });
  expect(now.outcome).toBe("mia decided on it. You may see no more of it now.");
  expect(value(now, "To")).toBe(value(then, "To"));
  expect(now.facts.map(({ label }) => label)).not.toContain("Lately");
  const copies = JSON.stringify(hooks.received.filter(({ type }) => type === "notice.decided"));
  for (const said of [JSON.stringify(now), copies]) {
    expect(said).toContain("mia decided on it");
    expect(said).not.toMatch(/called off|denied|enterprise/);
  }
  // Whoever may see it still reads all.
  await promote();
  expect((await newest(max, "request_asked")).outcome).toContain("called off");
  await s.owner.query("update accounts set tier = 'regulated' where id = $1", [s.regulated]);
});

it("while it is open: nothing to decide, and nobody named who has approved since", async () => {
  await asked();
  await round();
  await demote();
  const now = await newest(demoted, "request_asked");
  expect(now).toMatchObject({ links: [], vote: null });
  expect(now.outcome).toBe("It is not yours to decide any more.");
  await promote();
});

it("of what had not reached them when they lost the role: nothing leaves the panel", async () => {
  const { requestId } = await asked();
  await runner.tell();
  await demote();
  const before = hooks.received.length;
  await runner.deliverAll();
  expect(hooks.received.slice(before)).toEqual([]);
  const { rows } = await s.owner.query(
    `select d.status, d.fault from notice_deliveries d join notices n on n.id = d.notice_id
       where n.request_id = $1 and n.staff_id = $2`,
    [requestId, s.max],
  );
  expect(rows).toEqual([{ status: "skipped", fault: "who it was for may not see it any more" }]);
  await promote();
});

it("of a session: what was done in it, and not what was said of it since", async () => {
  const request = await asked();
  await approve(max, request);
  const started = await start(ana, { requestId: request.requestId });
  if (!started.ok) throw new Error(started.error.message);
  const { sessionId } = started.value;
  await end(ana, { sessionId });
  await tellEnded(worker);
  await round();
  const then = await newest(max, "session_done");
  expect(then.links).not.toEqual([]);
  await demote();
  const now = await newest(demoted, "session_done");
  expect(now).toMatchObject({ title: then.title, facts: then.facts, links: [], outcome: null });
  expect(await readSessionPage(demoted, sessionId)).toBeNull();
  await promote();
  expect(await readSessionPage(max, sessionId)).not.toBeNull();
});

it("of what waited for a second person: what, and not what became of it", async () => {
  const proposal = await mia.db.transaction((tx) =>
    propose(tx, mia, {
      ...{ kind: "flag", accountId: s.regulated, reason: "They left the regulated trade" },
      ...{ before: { tier: "regulated" }, after: { tier: "standard" } },
    }),
  );
  await round();
  const then = await newest(max, "proposal_made");
  await demote();
  const now = await newest(demoted, "proposal_made");
  expect(now).toMatchObject({ title: then.title, quote: then.quote, links: [], outcome: null });
  expect(value(now, "What")).toBe(value(then, "What"));
  expect(proposal).toBeDefined();
  await promote();
});
