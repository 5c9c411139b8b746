import { expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { addSubject, hire, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { ask } from "./ask.ts";
import { readAsked } from "./asked.ts";
import { cancel } from "./cancel.ts";
import { readRequest } from "./queries.ts";
import { queuePage, readNext, readQueue } from "./queue.ts";
import { approve } from "./vote.ts";

const s = await scene();
const { ana, ben, max, mia, moe } = await atWork(s);
const cleo = await hire(s.owner, "cleo", ["compliance"]);
const dawn = new Date(Date.now() - 3_600_000);
const as = (id: string, name: string, roles: StaffActor["roles"]): Ctx<StaffActor> => ({
  ...max,
  actor: { ...max.actor, id, name, roles },
});
const compliance = as(cleo, "cleo", ["compliance"]);

async function asked(ctx = ana, subject = s.rita.id): Promise<string> {
  const result = await ask(ctx, question(subject));
  if (!result.ok) throw new Error(result.error.message);
  return result.value.id;
}
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);
const vote = async (ctx: Ctx<StaffActor>, id: string) => {
  const view = await readRequest(ctx, id);
  return approve(ctx, { requestId: id, ask: view?.ask ?? "", minutes: 30 });
};
const rules = (approvals: object, version: number) =>
  insert(s.owner, "policy_versions", { version, body: { ...policy14, approvals } });

it("lists what waits for the reader, what waits for others apart, and what is decided", async () => {
  const [one, two, own] = [await asked(), await asked(ben), await asked(moe)];
  const queue = await readQueue(moe, dawn);
  expect(ids(queue.yours)).toEqual([one, two]);
  expect(ids(queue.others)).toEqual([own]);
  expect(queue.decided).toEqual([]);
  expect(ids((await readQueue(max, dawn)).yours)).toEqual([one, two, own]);
  expect(await vote(max, one)).toMatchObject({ ok: true });
  const after = await readQueue(max, dawn);
  expect(ids(after.yours)).toEqual([two, own]);
  expect(after.decided).toMatchObject([
    { id: one, status: "granted", votes: [{ by: { id: s.max } }] },
  ]);
  expect(await readNext(max, two)).toMatchObject({ id: own });
  expect(await readNext(max, own)).toMatchObject({ id: two });
  for (const [ctx, id] of [
    [ana, one],
    [ben, two],
    [moe, own],
  ] as const)
    await cancel(ctx, { requestId: id });
  expect(await readNext(max, own)).toBeNull();
  expect((await readQueue(max, dawn)).decided).toHaveLength(3);
});

it("goes on page by page, and nobody is left out", async () => {
  // A few more than a page; each agent may ask so often.
  const all: string[] = [];
  for (let n = 0; n < queuePage + 3; n += 1) all.push(await asked(n % 2 ? ana : ben));
  const first = await readQueue(max, dawn);
  expect(ids(first.yours)).toEqual(all.slice(0, queuePage));
  const second = await readQueue(max, dawn, first.more);
  expect(ids(second.yours)).toEqual(all.slice(queuePage));
  expect(second.more).toBeNull();
  expect(ids((await readQueue(compliance, dawn)).others).length).toBeGreaterThan(0);
  for (const [n, id] of all.entries()) await cancel(n % 2 ? ana : ben, { requestId: id });
});

it("asks for the second vote whom the rules want, and not the others", async () => {
  await rules({ sensitive: 1, rules: [{ by: "compliance", votes: 1 }] }, 15);
  const request = await asked();
  for (const ctx of [max, mia, compliance]) {
    const { yours } = await readQueue(ctx, dawn);
    expect(ids(yours)).toEqual([request]);
  }
  expect(await vote(max, request)).toMatchObject({ value: { status: "pending" } });
  expect(ids((await readQueue(mia, dawn)).yours)).toEqual([]);
  expect(ids((await readQueue(max, dawn)).others)).toEqual([request]);
  const view = await readRequest(ana, request);
  const policy = await currentPolicy(ana.db);
  if (!view) throw new Error("It is theirs");
  const { wanted, people, nobody } = await readAsked(ana.db, view, policy);
  expect(wanted).toEqual([{ by: "compliance", votes: 1 }]);
  expect(nobody).toBe(false);
  expect(people.map(({ name, able }) => [name, able])).toContainEqual(["cleo", true]);
  expect(people.map(({ name, able }) => [name, able])).toContainEqual(["mia", false]);
  await takeRole(s.owner, cleo, "compliance");
  expect((await readAsked(ana.db, view, policy)).nobody).toBe(true);
  expect(ids((await readQueue(compliance, dawn)).yours)).toEqual([]);
  await cancel(ana, { requestId: request });
});

it("leaves out whom the reader reports to, and what was asked before they were a manager", async () => {
  await rules({ sensitive: 1, rules: [] }, 16);
  const boss = await hire(s.owner, "boss", ["agent"]);
  const led = await hire(s.owner, "led", ["manager"], { managerId: boss });
  const jane = await addSubject(s.owner, s.product, s.regulated);
  const request = await asked(as(boss, "boss", ["agent"]), jane.id);
  const late = await hire(s.owner, "late", ["manager"], { since: "0 seconds" });
  const seen = async (id: string) => ids((await readQueue(as(id, "x", ["manager"]), dawn)).yours);
  expect(await seen(led)).toEqual([]);
  expect(await seen(late)).toEqual([]);
  expect(await seen(s.max)).toEqual([request]);
});
