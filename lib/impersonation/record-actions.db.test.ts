import { expect, it } from "vitest";
import { ageSession } from "#db/testing/age.ts";
import { opened } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { newId } from "#lib/kernel/ids.ts";
import { end } from "./end.ts";
import { recordActions } from "./record-actions.ts";
import type { ReportedAction } from "./schemas.ts";
import { standIn } from "./stand-in.ts";
import { atWork, eventsOf, question, reported } from "./testing.ts";

const s = await scene();
const { ana, ben, ledger } = await atWork(s);
const started = await standIn(ana, question(s.jane.id, { scope: "write" }));
if (!started.ok || started.value.kind !== "started") throw new Error("It should have started");
const { sessionId } = started.value;

const told = async (...actions: ReportedAction[]) => {
  const result = await recordActions(ledger, sessionId, actions);
  if (!result.ok) throw new Error(result.error.message);
  return result.value.verdicts.map(({ accepted, reason }) => reason ?? accepted);
};

it("puts a report that comes many times at once on record once", async () => {
  const write = reported();
  const before = (await eventsOf(s, { session: sessionId })).length;
  const answers = await Promise.all(Array.from({ length: 6 }, () => told(write)));
  expect(answers).toEqual(Array.from({ length: 6 }, () => [true]));
  const done = { ...write, phase: "done" as const };
  await Promise.all([told(done), told(done), told(done)]);
  expect((await eventsOf(s, { session: sessionId })).slice(before)).toEqual([
    "action.write",
    "action.done",
  ]);
});

it("gives no leave to write under the id of something else", async () => {
  const view = reported({ phase: "view", effect: "view", method: "GET" });
  const write = reported();
  expect(await told(view, write)).toEqual([true, true]);
  expect(await told({ ...view, phase: "attempt", effect: "data" })).toEqual(["unknown"]);
  expect(await told({ ...write, effect: "message" })).toEqual(["unknown"]);
  expect(await told({ ...write, route: "/clients/:x" })).toEqual(["unknown"]);
  expect(await told({ ...write, resource: "INV-0001" })).toEqual(["unknown"]);
  expect(await told({ ...view, route: "/clients/:x" })).toEqual(["unknown"]);
  expect(await told({ ...write, phase: "view", effect: "view" })).toEqual(["unknown"]);
  expect(await told(write)).toEqual([true]);
  expect(await told({ ...write, phase: "done" }, write)).toEqual([true, "unknown"]);
});

it("gives no leave to a write that came while an end was under way", async () => {
  const other = await standIn(ben, question(s.jane.id, { scope: "write" }));
  if (!other.ok || other.value.kind !== "started") throw new Error("It should have started");
  const id = other.value.sessionId;
  const holder = await opened(s.owner);
  await holder.sql.query("select from sessions where id = $1 for update", [id]);
  const ended = end(ben, { sessionId: id });
  await untilWaiting(1);
  const write = reported();
  const told = recordActions(ledger, id, [write]);
  await untilWaiting(2);
  await holder.commit();
  expect(await ended).toMatchObject({ ok: true });
  expect(await told).toMatchObject({
    value: { active: false, verdicts: [{ id: write.id, accepted: false, reason: "ended" }] },
  });
  expect(await eventsOf(s, { session: id })).not.toContain("action.write");
});

it("lets nobody wait for a session that another holds", async () => {
  const holder = await opened(s.owner);
  const other = await standIn(ben, question(s.jane.id, { scope: "write" }));
  if (!other.ok || other.value.kind !== "started") throw new Error("It should have started");
  const held = other.value.sessionId;
  await holder.sql.query("select from sessions where id = $1 for update", [held]);
  const waiting = recordActions(ledger, held, [reported()]);
  expect(await told(reported())).toEqual([true]);
  await holder.commit();
  expect(await waiting).toMatchObject({ ok: true, value: { active: true } });
  await end(ben, { sessionId: held });
});

it("puts what is new of a report on record, when some of it was told before", async () => {
  const [old, fresh] = [reported(), reported()];
  expect(await told(old)).toEqual([true]);
  const before = (await eventsOf(s, { session: sessionId })).length;
  const answers = await Promise.all([told(old, fresh), told(fresh, reported()), told(reported())]);
  expect(answers).toEqual([[true, true], [true, true], [true]]);
  const events = (await eventsOf(s, { session: sessionId })).slice(before);
  expect(events).toEqual(["action.write", "action.write", "action.write"]);
});

it("answers each report by itself, though they come at the same moment", async () => {
  const stranger = { ...ledger, actor: { ...ledger.actor, id: newId(), clientId: "other" } };
  const [mine, theirs, nobodys, late] = await Promise.all([
    recordActions(ledger, sessionId, [reported({ effect: "credential" }), reported()]),
    recordActions(stranger, sessionId, [reported()]),
    recordActions(ledger, newId(), [reported()]),
    recordActions(ledger, sessionId, [reported({ at: "2999-12-31T23:59:59Z" })]),
  ]);
  expect(mine).toMatchObject({
    value: { verdicts: [{ accepted: false, reason: "denied" }, { accepted: true }] },
  });
  expect([theirs, nobodys].map((told) => !told.ok && told.error.code)).toEqual([
    "not_found",
    "not_found",
  ]);
  expect(late).toMatchObject({ value: { verdicts: [{ accepted: true }] } });
});

it("takes the other reports of a moment when one cannot be written", async () => {
  // PostgreSQL has no text with a NUL: the schema lets none through.
  const broken = recordActions(ledger, sessionId, [reported({ resource: "\0" })]);
  expect(await Promise.all([broken, told(reported()), told(reported())])).toMatchObject([
    { ok: false },
    [true],
    [true],
  ]);
});

/** Returns once so many wait for a lock of another. */
async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await s.owner.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0",
    );
    if ((rows[0]?.n ?? 0) >= count) return;
  }
}

it("lets no write run after the end, though it was asked for before", async () => {
  const write = reported();
  expect(await told(write)).toEqual([true]);
  await end(ana, { sessionId });
  expect(await told(write)).toEqual(["ended"]);
  expect(await told({ ...write, phase: "done" })).toEqual([true]);
});

it("keeps a page that was shown in time a page that was shown", async () => {
  const view = reported({ phase: "view", effect: "view", method: "GET" });
  expect(await told(view)).toEqual([true]);
  expect((await eventsOf(s, { session: sessionId })).at(-1)).toBe("action.viewed");
  await ageSession(s.owner, sessionId, "61 seconds");
  expect(await told(reported({ phase: "view", effect: "view" }))).toEqual(["ended"]);
  expect(await told({ ...reported(), phase: "done" })).toEqual(["unknown"]);
});

it("shows nothing as done before the session began, or later than it was told", async () => {
  const other = await standIn(ana, question(s.jane.id));
  if (!other.ok || other.value.kind !== "started") throw new Error("It should have started");
  const id = other.value.sessionId;
  const view = { phase: "view", effect: "view", method: "GET" } as const;
  const early = reported({ ...view, at: "2001-01-01T00:00:00Z" });
  const late = reported({ ...view, at: "2999-12-31T23:59:59Z" });
  const nowhere = reported({ ...view, at: "2026-01-01T00:00:00-23:59" });
  expect((await recordActions(ledger, id, [early, late, nowhere])).ok).toBe(true);
  const { rows } = await s.owner.query(
    `select count(*)::int as kept from actions a join sessions s on s.id = a.session_id
      where s.id = $1 and a.happened_at between date_trunc('milliseconds', s.started_at) and clock_timestamp()`,
    [id],
  );
  expect(rows).toEqual([{ kept: 3 }]);
});
