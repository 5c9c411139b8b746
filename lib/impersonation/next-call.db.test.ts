import { beforeEach, expect, it } from "vitest";
import { addAccount, addSubject } from "#db/testing/people.ts";
import { opened } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Result } from "#lib/kernel/result.ts";
import { cancel } from "#lib/requests/cancel.ts";
import { readRequest } from "#lib/requests/queries.ts";
import type { Ask } from "#lib/requests/schemas.ts";
import { approve } from "#lib/requests/vote.ts";
import { end } from "./end.ts";
import { readSession } from "./lock.ts";
import { standIn } from "./stand-in.ts";
import { start } from "./start.ts";
import { atWork, eventsOf, question } from "./testing.ts";

const s = await scene();
const { ana, ben, max } = await atWork(s);
const bob = await addSubject(s.owner, s.product, await addAccount(s.owner, s.product, "standard"));

const code = (result: Result<unknown>) => (result.ok ? "ok" : result.error.code);
const liveOf = async (actor: string): Promise<string[]> => {
  const { rows } = await s.owner.query<{ id: string }>(
    "select id from sessions where actor_id = $1 and ended_at is null",
    [actor],
  );
  return rows.map(({ id }) => id);
};
const causeOf = async (id: string) => (await readSession(ana.db, id))?.session.endCause;

async function begun(ctx: typeof ana, subjectId: string, over: Partial<Ask> = {}) {
  const started = await standIn(ctx, question(subjectId, over));
  if (!started.ok || started.value.kind !== "started") throw new Error(code(started));
  return started.value.sessionId;
}

async function asked(): Promise<string> {
  const waits = await standIn(ana, question(s.rita.id));
  if (!waits.ok || waits.value.kind !== "waiting") throw new Error(code(waits));
  return waits.value.requestId;
}

async function granted(): Promise<string> {
  const requestId = await asked();
  const request = await readRequest(max, requestId);
  if (!request) throw new Error("There is none");
  const vote = { requestId, ask: request.ask, minutes: 30, comment: "" };
  expect(code(await approve(max, vote))).toBe("ok");
  return requestId;
}

beforeEach(async () => {
  for (const ctx of [ana, ben])
    for (const sessionId of await liveOf(ctx.actor.id)) await end(ctx, { sessionId });
});

it("ends the one that was named and starts the next, each with its entry", async () => {
  const jane = await begun(ana, s.jane.id);
  const next = await begun(ana, bob.id, { ends: jane });
  expect(await liveOf(s.ana)).toEqual([next]);
  expect(await causeOf(jane)).toBe("actor");
  expect((await eventsOf(s, { session: jane })).at(-1)).toBe("session.ended");
  const { rows } = await s.owner.query(
    `select e.ended_at <= n.started_at as in_turn, e.ended_by = e.actor_id as own
       from sessions e, sessions n where e.id = $1 and n.id = $2`,
    [jane, next],
  );
  expect(rows).toEqual([{ in_turn: true, own: true }]);
});

it("ends nothing that was not named, and asks for nothing then", async () => {
  const jane = await begun(ana, s.jane.id);
  const before = await s.owner.query("select count(*) from requests");
  for (const ends of [undefined, newId()]) {
    const refused = await standIn(ana, question(bob.id, { ends }));
    expect(refused).toMatchObject({
      ok: false,
      error: { code: "already_live", detail: { sessionId: jane, subjectId: s.jane.id } },
    });
  }
  expect(await liveOf(s.ana)).toEqual([jane]);
  expect((await s.owner.query("select count(*) from requests")).rows).toEqual(before.rows);
});

it("ends nobody else's, whoever is named", async () => {
  const bens = await begun(ben, s.jane.id);
  const mine = await begun(ana, bob.id, { ends: bens });
  expect(await liveOf(s.ben)).toEqual([bens]);
  expect(await liveOf(s.ana)).toEqual([mine]);
  expect(code(await standIn(ana, question(s.jane.id, { ends: bens })))).toBe("already_live");
  expect(await liveOf(s.ben)).toEqual([bens]);
});

it("ends nothing as long as the next one waits for an approval, and by its start then", async () => {
  const jane = await begun(ana, s.jane.id);
  const waits = await standIn(ana, question(s.rita.id, { ends: jane }));
  if (!waits.ok || waits.value.kind !== "waiting") throw new Error(code(waits));
  expect(await liveOf(s.ana)).toEqual([jane]);
  expect(code(await cancel(ana, waits.value))).toBe("ok");

  const requestId = await granted();
  expect(code(await start(ana, { requestId }))).toBe("already_live");
  const started = await start(ana, { requestId, ends: jane });
  expect(code(started)).toBe("ok");
  expect(await liveOf(s.ana)).toEqual([started.ok && started.value.sessionId]);
  expect(await causeOf(jane)).toBe("actor");
});

it("ends nothing where the next one may not start", async () => {
  const jane = await begun(ana, s.jane.id);
  const become = (stance: string) =>
    s.owner.query("update accounts set stance = $2 where id = $1", [bob.account, stance]);
  await become("closed");
  expect(code(await standIn(ana, question(bob.id, { ends: jane })))).toBe("account_closed");
  await become("allowed");
  expect(await liveOf(s.ana)).toEqual([jane]);
  expect((await eventsOf(s, { session: jane })).at(-1)).toBe("session.started");
});

it("starts all the same when a manager ends the old one first, and keeps the manager's word", async () => {
  const jane = await begun(ana, s.jane.id);
  const held = await opened(s.owner);
  await held.sql.query("select from sessions where id = $1 for update", [jane]);
  const ended = end(max, { sessionId: jane, comment: "The ticket was withdrawn" });
  await waitsFor(held.pid, 1);
  const next = standIn(ana, question(bob.id, { ends: jane }));
  await waitsFor(held.pid, 2);
  await held.commit();
  expect(code(await ended)).toBe("ok");
  expect(code(await next)).toBe("ok");
  expect(await causeOf(jane)).toBe("manager");
});

it("lets one of five presses win, and ends what it has started by none of the others", async () => {
  const jane = await begun(ana, s.jane.id);
  const all = await Promise.all(
    Array.from({ length: 5 }, () => standIn(ana, question(bob.id, { ends: jane }))),
  );
  expect(all.map(code).sort()).toEqual([...Array(4).fill("already_live"), "ok"]);
  const won = all.find((one) => one.ok);
  expect(await liveOf(s.ana)).toEqual([
    won?.ok && won.value.kind === "started" && won.value.sessionId,
  ]);
});

it("changes in another tab meanwhile: that one is not ended by surprise", async () => {
  const jane = await begun(ana, s.jane.id);
  const elsewhere = await begun(ana, bob.id, { ends: jane });
  const refused = await standIn(ana, question(bob.id, { ends: jane }));
  expect(refused).toMatchObject({
    error: { code: "already_live", detail: { sessionId: elsewhere } },
  });
  expect(await liveOf(s.ana)).toEqual([elsewhere]);
});

/** Returns once so many wait, one behind the other, for this connection. */
async function waitsFor(pid: number, most: number): Promise<void> {
  for (;;) {
    const { rows } = await s.owner.query<{ n: number }>(
      `with recursive held(pid) as (
         select $1::int union
         select a.pid from pg_stat_activity a join held h on h.pid = any(pg_blocking_pids(a.pid))
       ) select count(*)::int - 1 as n from held`,
      [pid],
    );
    if ((rows[0]?.n ?? 0) >= most) return;
  }
}
