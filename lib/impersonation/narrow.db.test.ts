import { afterEach, expect, it } from "vitest";
import { ageSession } from "#db/testing/age.ts";
import { takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Result } from "#lib/kernel/result.ts";
import { end } from "./end.ts";
import { lockSession, readSession } from "./lock.ts";
import { narrow } from "./narrow.ts";
import { recordActions } from "./record-actions.ts";
import { standIn } from "./stand-in.ts";
import { atWork, eventsOf, question, reported } from "./testing.ts";

const s = await scene();
const { ana, ben, max, moe, ledger } = await atWork(s);

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
const code = (result: Result<unknown>) => (result.ok ? "ok" : result.error.code);
async function live(scope: "read" | "write" = "write", ctx = ana) {
  const started = good(await standIn(ctx, question(s.jane.id, { scope })));
  if (started.kind !== "started") throw new Error("It should have started");
  return started.sessionId;
}
const readOf = async (id: string) => {
  const read = await readSession(ana.db, id);
  if (!read) throw new Error("It should be there");
  return read.session;
};
const attemptIn = async (session: string) =>
  good(await recordActions(ledger, session, [reported()])).verdicts[0];

afterEach(async () => {
  const { rows } = await s.owner.query<{ id: string }>(
    "select id from sessions where ended_at is null",
  );
  for (const { id } of rows) await end(max, { sessionId: id, comment: "The test is over" });
});

it("leaves the session as it is, for looking only, and says so on record", async () => {
  const session = await live();
  expect(await attemptIn(session)).toMatchObject({ accepted: true });
  const before = await readOf(session);
  good(await narrow(ana, { sessionId: session }));
  const { scope, expiresAt, endedAt } = await readOf(session);
  expect({ scope, expiresAt, endedAt }).toEqual({
    ...{ scope: "read", expiresAt: before.expiresAt, endedAt: null },
  });
  expect(await attemptIn(session)).toMatchObject({ accepted: false, reason: "scope" });
  const view = reported({ phase: "view", effect: "view", method: "GET" });
  expect(good(await recordActions(ledger, session, [view])).active).toBe(true);
  expect(await eventsOf(s, { session })).toEqual([
    ...["session.started", "action.write", "session.narrowed", "action.refused", "action.viewed"],
  ]);
});

it("takes what came of a write that ran before it", async () => {
  const session = await live();
  const write = reported();
  good(await recordActions(ledger, session, [write]));
  good(await narrow(ledger, { sessionId: session }));
  const done = { ...write, phase: "done" as const, status: 302 };
  expect(good(await recordActions(ledger, session, [done])).verdicts[0]?.accepted).toBe(true);
});

it("is done once, however often it is asked, and changes nothing where one only looks", async () => {
  const session = await live();
  const both = await Promise.all([
    narrow(ana, { sessionId: session }),
    narrow(ledger, { sessionId: session }),
  ]);
  expect(both.map(code)).toEqual(["ok", "ok"]);
  const told = async () =>
    (await eventsOf(s, { session })).filter((event) => event === "session.narrowed");
  expect(await told()).toHaveLength(1);
  await end(ana, { sessionId: session });
  const looking = await live("read");
  expect(code(await narrow(ana, { sessionId: looking }))).toBe("ok");
  expect((await readOf(looking)).scope).toBe("read");
});

it("is for its actor and the product that shows it, and nobody else", async () => {
  const session = await live();
  const another = { ...ledger, actor: { ...ledger.actor, id: newId(), clientId: "other" } };
  for (const ctx of [ben, max, moe, another])
    expect(code(await narrow(ctx, { sessionId: session }))).toBe("not_found");
  expect(code(await narrow(ledger, { sessionId: newId() }))).toBe("not_found");
  expect((await readOf(session)).scope).toBe("write");
  expect(await eventsOf(s, { session })).toContain("session.narrow_refused");
});

it("does not keep alive what is over: by its time, by an end, by the actor’s role", async () => {
  const ended = await live();
  good(await end(ana, { sessionId: ended }));
  expect(code(await narrow(ledger, { sessionId: ended }))).toBe("ended");

  const overdue = await live();
  await ageSession(s.owner, overdue, "30 minutes");
  expect(code(await narrow(ledger, { sessionId: overdue }))).toBe("ended");
  expect((await readOf(overdue)).endCause).toBe("idle");

  const session = await live("write", moe);
  await takeRole(s.owner, s.moe, "agent");
  expect(code(await narrow(ledger, { sessionId: session }))).toBe("ended");
  expect((await readOf(session)).endCause).toBe("actor_withdrawn");
});

it("and an end at the same time: it ends, whichever was first", async () => {
  for (let round = 0; round < 5; round += 1) {
    const session = await live();
    const [ended, narrowed] = await Promise.all([
      end(max, { sessionId: session, comment: "Stop now" }),
      narrow(ana, { sessionId: session }),
    ]);
    good(ended);
    const { endedAt } = await readOf(session);
    expect(endedAt).not.toBeNull();
    const order = (await eventsOf(s, { session })).filter(
      (event) => event === "session.ended" || event === "session.narrowed",
    );
    expect(order).toEqual(
      code(narrowed) === "ok" ? ["session.narrowed", "session.ended"] : ["session.ended"],
    );
  }
});

it("leads back to acting only by a new request, which takes its place", async () => {
  const session = await live();
  good(await narrow(ana, { sessionId: session }));
  expect(code(await standIn(ana, question(s.jane.id)))).toBe("already_live");
  const acting = await live("write");
  expect((await readOf(session)).endCause).toBe("upgraded");
  expect(await ana.db.transaction((tx) => lockSession(tx, acting, "share"))).toMatchObject({
    session: { scope: "write" },
  });
});
