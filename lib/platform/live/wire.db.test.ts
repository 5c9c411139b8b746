import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { transaction } from "#db/client.ts";
import { noteChange, onCommitted } from "#db/committed.ts";
import { cable } from "#db/testing/cable.ts";
import { scene } from "#db/testing/scene.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import { ask } from "#lib/requests/ask.ts";
import { cancel } from "#lib/requests/cancel.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { approve } from "#lib/requests/vote.ts";
import { Wire, type Word } from "./wire.ts";

const s = await scene();
const { ana, max } = await atWork(s);
const line = await cable(s.runtimeUrl);
const heard: Word[] = [];
const listening = new Wire({ url: line.url, onWord: (word) => heard.push(word) });
const telling = new Wire({ url: s.runtimeUrl, onWord: null });
onCommitted(telling.tell);
afterAll(async () => {
  onCommitted(null);
  listening.close();
  telling.close();
  await line.close();
});
beforeEach(async () => {
  await vi.waitUntil(() => listening.isUp && telling.isUp);
  heard.length = 0;
});

async function asked(): Promise<string> {
  const result = await ask(ana, question(s.rita.id));
  if (!result.ok) throw new Error(result.error.message);
  return result.value.id;
}
const workOf = () => [...new Set(heard.flatMap(({ work }) => work))];

it("tells whose request changed, whoever changed it, after the commit", async () => {
  const requestId = await asked();
  await vi.waitUntil(() => heard.length > 0);
  expect(workOf()).toEqual([s.ana]);
  heard.length = 0;
  const view = await readRequest(max, requestId);
  const decided = await approve(max, { requestId, ask: view?.ask ?? "", minutes: 15 });
  expect(decided.ok).toBe(true);
  await vi.waitUntil(() => heard.length > 0);
  expect(workOf()).toEqual([s.ana]);
  await cancel(ana, { requestId });
});

it("holds no name, no reason and no id of a customer", async () => {
  const said = await s.owner.connect();
  const payloads: string[] = [];
  said.on("notification", ({ payload }) => payloads.push(payload ?? ""));
  await said.query("listen alongside_changed");
  const requestId = await asked();
  await vi.waitUntil(() => payloads.length > 0);
  said.release(true);
  expect(JSON.parse(payloads[0] ?? "")).toEqual({
    work: [s.ana],
    told: [],
    rights: false,
    all: false,
  });
  await cancel(ana, { requestId });
});

it("says nothing of what was rolled back", async () => {
  await transaction(ana.db, async (tx) => {
    noteChange(tx, { kind: "told", staffIds: [s.mia] });
    throw new Error("no");
  }).catch(() => {});
  await transaction(ana.db, async (tx) => noteChange(tx, { kind: "told", staffIds: [s.max] }));
  await vi.waitUntil(() => heard.length > 0);
  expect(heard.flatMap(({ told }) => told)).toEqual([s.max]);
});

it("tells together what is committed within a moment, and everybody where that is too much", async () => {
  await Promise.all(
    Array.from({ length: 40 }, () =>
      transaction(ana.db, async (tx) => noteChange(tx, { kind: "told", staffIds: [s.ana] })),
    ),
  );
  await vi.waitUntil(() => heard.length > 0);
  expect(heard.length).toBeLessThan(40);
  heard.length = 0;
  const many = Array.from({ length: 400 }, () => crypto.randomUUID());
  telling.tell([{ kind: "told", staffIds: many }]);
  await vi.waitUntil(() => heard.length > 0);
  expect(heard).toEqual([{ work: [], told: [], rights: true, all: true }]);
});

it("leaves alone what is not understood", async () => {
  for (const odd of ["", "*", "[]", "{", '{"work":7}', '{"all":"yes"}'])
    await s.runtime.query("select pg_notify('alongside_changed', $1)", [odd]);
  telling.tell([{ kind: "rights" }]);
  await vi.waitUntil(() => heard.length > 0);
  expect(heard).toEqual([{ work: [], told: [], rights: true, all: false }]);
});

it("comes back when the database does, and has everybody look, for what was missed", async () => {
  await line.cut();
  await vi.waitUntil(() => !listening.isUp);
  await line.mend();
  await vi.waitUntil(() => heard.some(({ all }) => all), { timeout: 20_000 });
  telling.tell([{ kind: "told", staffIds: [s.ana] }]);
  await vi.waitUntil(() => heard.some(({ told }) => told.includes(s.ana)));
});

it("changes nothing for what is committed while it is away", async () => {
  const none = new Wire({ url: "postgres://nobody@127.0.0.1:1/none", onWord: null });
  onCommitted(none.tell);
  const requestId = await asked();
  expect((await cancel(ana, { requestId })).ok).toBe(true);
  none.close();
  onCommitted(telling.tell);
});
