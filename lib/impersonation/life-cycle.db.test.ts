import { expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { ageRequest, ageSession } from "#db/testing/age.ts";
import { takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import type { Result } from "#lib/kernel/result.ts";
import { ask } from "#lib/requests/ask.ts";
import { cancel } from "#lib/requests/cancel.ts";
import { lapseDue } from "#lib/requests/lapse.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { approve, deny } from "#lib/requests/vote.ts";
import { end } from "./end.ts";
import { endDue } from "./end-due.ts";
import { readSession } from "./lock.ts";
import { recordActions } from "./record-actions.ts";
import type { ReportedAction } from "./schemas.ts";
import { standIn } from "./stand-in.ts";
import { start } from "./start.ts";
import { atWork, eventsOf, question, reported } from "./testing.ts";

const s = await scene();
const { ana, ben, max, mia, moe, ledger, worker } = await atWork(s);

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
const code = (result: Result<unknown>) => (result.ok ? "ok" : result.error.code);

async function live(scope: "read" | "write" = "read", ctx = ana) {
  const started = good(await standIn(ctx, question(s.jane.id, { scope })));
  if (started.kind !== "started") throw new Error("It should have started");
  return started.sessionId;
}
const finish = (sessionId: string, ctx = ana) => end(ctx, { sessionId });
const asked = async (ctx = ana, over = {}) => {
  const { id } = good(await ask(ctx, question(s.rita.id, over)));
  const view = await readRequest(max, id);
  return { requestId: id, ask: view?.ask ?? "", minutes: 30 };
};

it("starts at once on a standard account, and every step is an entry", async () => {
  const session = await live();
  expect(code(await finish(session))).toBe("ok");
  expect(await eventsOf(s, { session })).toEqual(["session.started", "session.ended"]);
});

it("waits for a manager on a sensitive account, and starts what was granted", async () => {
  const vote = await asked();
  expect(code(await start(ana, vote))).toBe("not_granted");
  expect(good(await approve(max, { ...vote, minutes: 15 }))).toMatchObject({
    status: "granted",
    minutes: 15,
  });
  expect(code(await start(ben, vote))).toBe("not_found");
  const { sessionId } = good(await start(ana, vote));
  const read = await readSession(ana.db, sessionId);
  expect(read?.session.minutes).toBe(15);
  expect(code(await start(ana, vote))).toBe("used");
  await finish(sessionId);
  expect(await eventsOf(s, { request: vote.requestId })).toEqual([
    "request.asked",
    "request.rang",
    "session.refused",
    "request.approved",
    "session.refused",
    "session.started",
    "session.refused",
    "session.ended",
  ]);
});

it("refuses the actor's own vote, also through a second role", async () => {
  const vote = await asked(moe);
  expect(code(await approve(moe, vote))).toBe("own_request");
  good(await cancel(moe, vote));
  expect(code(await approve(max, vote))).toBe("already_decided");
});

it("lets exactly one of two managers decide, and tells the other who did", async () => {
  const vote = await asked();
  const outcomes = await Promise.all([
    approve(max, vote),
    deny(mia, { ...vote, comment: "Ask for a screenshot first" }),
  ]);
  expect(outcomes.map(code).sort()).toEqual(["already_decided", "ok"]);
  const lost = outcomes.find((outcome) => !outcome.ok);
  expect(lost && !lost.ok && lost.error.message).toMatch(/^(max|mia) decided before you/);
  const view = await readRequest(ana, vote.requestId);
  expect(["granted", "denied"]).toContain(view?.status);
  expect(await eventsOf(s, { request: vote.requestId })).toContain("vote.refused");
  if (view?.status === "granted") await cancel(ana, vote);
});

it("holds a vote for exactly what was shown", async () => {
  const vote = await asked();
  expect(code(await approve(max, { ...vote, ask: "0".repeat(64) }))).toBe("conflict");
  good(await cancel(ana, vote));
});

it("lapses by itself, with the worker only writing it down", async () => {
  const vote = await asked();
  await ageRequest(s.owner, vote.requestId, "4 hours");
  expect(code(await approve(max, vote))).toBe("lapsed");
  expect((await readRequest(ana, vote.requestId))?.status).toBe("lapsed");
  expect(await lapseDue(worker)).toBeGreaterThanOrEqual(1);
  expect(await eventsOf(s, { request: vote.requestId })).toContain("request.lapsed");
});

it("voids an approval that is not used within 30 minutes", async () => {
  const vote = await asked();
  good(await approve(max, vote));
  await ageRequest(s.owner, vote.requestId, "30 minutes");
  expect(code(await start(ana, vote))).toBe("lapsed");
});

it("voids the vote of who has lost the role before the start", async () => {
  const vote = await asked();
  good(await approve(mia, vote));
  await takeRole(s.owner, s.mia, "manager");
  expect(code(await start(ana, vote))).toBe("needs_approval");
  good(await cancel(ana, vote));
});

it("lets one of two starts on one request win", async () => {
  const vote = await asked();
  good(await approve(max, vote));
  const outcomes = await Promise.all([start(ana, vote), start(ana, vote)]);
  expect(outcomes.map(code).sort()).toEqual(["ok", "used"]);
  const won = outcomes.find((outcome) => outcome.ok);
  if (won?.ok) await finish(won.value.sessionId);
});

it("has one live session per actor, and closes an overdue one first", async () => {
  const first = await live();
  const refused = await standIn(ana, question(s.jane.id));
  expect(code(refused)).toBe("already_live");
  expect(!refused.ok && refused.error.detail?.sessionId).toBe(first);
  await ageSession(s.owner, first, "31 minutes");
  const second = await live();
  expect(await eventsOf(s, { session: first })).toContain("session.ended");
  await finish(second);
});

it("goes from looking to acting by ending the old session", async () => {
  const looking = await live("read");
  const acting = await live("write");
  expect((await readSession(ana.db, looking))?.session.endCause).toBe("upgraded");
  await finish(acting);
});

it("is ended by a manager with a reason, and by no other agent", async () => {
  const session = await live();
  expect(code(await finish(session, ben))).toBe("not_found");
  expect(code(await end(max, { sessionId: session }))).toBe("invalid");
  good(await end(max, { sessionId: session, comment: "The ticket was withdrawn" }));
  expect(code(await finish(session))).toBe("ended");
  expect((await readSession(ana.db, session))?.session.endCause).toBe("manager");
});

it("ends by time and by idleness without the worker, which writes it down", async () => {
  const idle = await live();
  await ageSession(s.owner, idle, "10 minutes");
  const recorded = good(
    await recordActions(ledger, idle, [reported({ phase: "view", effect: "view", method: "GET" })]),
  );
  expect(recorded.active).toBe(false);
  expect((await readSession(ana.db, idle))?.session.endCause).toBe("idle");
  const over = await live();
  await ageSession(s.owner, over, "61 minutes");
  expect(await endDue(worker)).toBe(1);
  expect((await readSession(ana.db, over))?.session.endCause).not.toBeNull();
});

it("what scripts ask for by themselves does not keep it in use", async () => {
  const idle = await live("read", ben);
  const view = { phase: "view", effect: "view", method: "GET" } as const;
  await ageSession(s.owner, idle, "9 minutes");
  good(await recordActions(ledger, idle, [reported({ ...view, unattended: true })]));
  await ageSession(s.owner, idle, "1 minute");
  good(await recordActions(ledger, idle, [reported({ ...view, unattended: true })]));
  expect((await readSession(ana.db, idle))?.session.endCause).toBe("idle");
  const used = await live("read", ben);
  await ageSession(s.owner, used, "9 minutes");
  good(await recordActions(ledger, used, [reported(view)]));
  await ageSession(s.owner, used, "9 minutes");
  expect(good(await recordActions(ledger, used, [reported(view)])).active).toBe(true);
  await end(ben, { sessionId: used });
});

it("ends when its sign-in ends", async () => {
  const session = await live("read", ben);
  await s.owner.query(
    "update staff_sign_ins set ended_at = clock_timestamp(), end_cause = 'signed_out' where id = $1",
    [ben.actor.signInId],
  );
  expect(good(await recordActions(ledger, session, [reported()])).active).toBe(false);
  expect((await readSession(ana.db, session))?.session.endCause).toBe("sign_out");
});

it("records a write before it runs, once, and its outcome after", async () => {
  const session = await live("write");
  const write = reported({ resource: "INV-0312" });
  const [first, again] = [
    await recordActions(ledger, session, [write]),
    await recordActions(ledger, session, [write]),
  ].map(good);
  expect(first).toMatchObject({ active: true, verdicts: [{ accepted: true }] });
  expect(again).toMatchObject({ verdicts: [{ accepted: true }] });
  const done = { ...write, phase: "done" as const, status: 302, route: "/invoices/:id" };
  expect(good(await recordActions(ledger, session, [done])).verdicts[0]?.accepted).toBe(true);
  await finish(session);
  expect(await eventsOf(s, { session })).toEqual([
    "session.started",
    "action.write",
    "action.done",
    "session.ended",
  ]);
});

it("refuses writes in read, credentials and exports in every scope, and records the refusal", async () => {
  const looking = await live("read");
  expect(good(await recordActions(ledger, looking, [reported()])).verdicts[0]).toMatchObject({
    accepted: false,
    reason: "scope",
  });
  const acting = await live("write");
  const verdicts = good(
    await recordActions(ledger, acting, [
      reported({ effect: "credential" }),
      reported({ effect: "export" }),
    ]),
  ).verdicts;
  expect(verdicts.map((verdict) => verdict.reason)).toEqual(["denied", "export"]);
  await finish(acting);
  const refusals = (await eventsOf(s, { session: acting })).filter((e) => e === "action.refused");
  expect(refusals).toHaveLength(2);
});

it("lets an end and an attempt race: accepted before the end, or refused after it", async () => {
  for (let round = 0; round < 5; round += 1) {
    const session = await live("write");
    const [ended, recorded] = await Promise.all([
      end(max, { sessionId: session, comment: "Stop now" }),
      recordActions(ledger, session, [reported()]),
    ]);
    good(ended);
    const accepted = good(recorded).verdicts[0]?.accepted;
    const events = await eventsOf(s, { session });
    const order = events.filter((e) => e === "session.ended" || e === "action.write");
    expect(order).toEqual(accepted ? ["action.write", "session.ended"] : ["session.ended"]);
  }
});

it("takes an outcome for 60 s after the end and not longer", async () => {
  const session = await live("write");
  const [early, late] = [reported(), reported()];
  good(await recordActions(ledger, session, [early, late]));
  await finish(session);
  const done = (of: ReportedAction) => recordActions(ledger, session, [{ ...of, phase: "done" }]);
  expect(good(await done(early)).verdicts[0]?.accepted).toBe(true);
  await ageSession(s.owner, session, "61 seconds");
  expect(good(await done(late)).verdicts[0]).toMatchObject({ accepted: false, reason: "closed" });
});

it("tells a ticket that is none beside its field", async () => {
  const refused = await ask(ana, question(s.jane.id, { ticket: "4821" }));
  expect(!refused.ok && refused.error.fields?.ticket).toContain("is not a ticket");
  const missing = await ask(ana, question(s.jane.id, { ticket: "" }));
  expect(!missing.ok && missing.error.fields?.ticket).toContain("needs a ticket");
});

it("gives an approval no longer than the policy does", async () => {
  const body = { ...policy14, startWithinMinutes: 5 };
  await insert(s.owner, "policy_versions", { version: 15, body });
  const vote = await asked();
  good(await approve(max, vote));
  await ageRequest(s.owner, vote.requestId, "5 minutes");
  expect(code(await start(ana, vote))).toBe("lapsed");
});

it("ends when the account becomes sensitive, but not when it was approved", async () => {
  const plain = await live();
  const change = (value: boolean, id: string) =>
    s.owner.query("update subjects set is_vip = $1 where id = $2", [value, id]);
  await change(true, s.jane.id);
  const view = () => reported({ phase: "view", effect: "view", method: "GET" });
  expect(good(await recordActions(ledger, plain, [view()])).active).toBe(false);
  expect((await readSession(ana.db, plain))?.session.endCause).toBe("account_stricter");
  await change(false, s.jane.id);

  const vote = await asked();
  good(await approve(max, vote));
  const { sessionId } = good(await start(ana, vote));
  await takeRole(s.owner, s.max, "manager");
  expect(good(await recordActions(ledger, sessionId, [view()])).active).toBe(true);
  good(await finish(sessionId));
});
