import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { hire } from "#db/testing/people.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { approve, ask, attempt, deny, end, start } from "#db/testing/steps.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Role } from "#lib/vocabulary.ts";
import { readCounting } from "./counting.ts";
import { lookAtPeople } from "./look-at-people.ts";
import { lookAtPerson } from "./look-at-person.ts";
import { peersOf } from "./peers.ts";
import { personFigures } from "./person.ts";
import { readFigures } from "./read-figures.ts";
import { rollUpAll } from "./testing.ts";

const s = await scene();
const work = await atWork(s);
const reader = async (name: string, roles: Role[]): Promise<Ctx<StaffActor>> => {
  const id = await hire(s.owner, name, roles);
  return { ...work.max, actor: { ...work.max.actor, id, name, roles } };
};
const cleo = await reader("cleo", ["compliance"]);
const ada = await reader("ada", ["admin"]);

const { rows } = await s.owner.query(
  "select date_trunc('quarter', now() at time zone 'UTC')::date::text as day",
);
const firstDay = String(rows[0]?.day);
const quarter = {
  firstDay,
  lastDay: new Date(Date.UTC(Number(firstDay.slice(0, 4)), Number(firstDay.slice(5, 7)) + 2, 0))
    .toISOString()
    .slice(0, 10),
};
/** The same days and one more: no quarter. */
const longer = { ...quarter, lastDay: `${Number(firstDay.slice(0, 4)) + 1}-12-31` };

await s.commit(async (sql) => {
  const one = await ask(sql, s.ana, s.rita);
  await approve(sql, one, s.max);
  const session = await start(sql, one);
  await attempt(sql, session);
  await end(sql, session);
  await deny(sql, await ask(sql, s.ana, s.rita), s.mia);
});
const request = await s.granted(s.ben);
await s.commit(async (sql) => end(sql, await start(sql, request)));
await rollUpAll(work.worker);

const looks = async () => {
  const { rows: found } = await s.owner.query<{ n: number }>(
    "select count(*)::integer as n from audit_entry where event = 'figures.read'",
  );
  return found[0]?.n;
};

test("the figures of a quarter name nobody, and to read them is no look at a person", async () => {
  const figures = await readFigures(cleo, quarter);
  expect(figures.totals).toMatchObject({
    sessions: 2,
    acting: 2,
    sensitive: 1,
    wrote: 1,
    writes: 1,
  });
  expect(figures.totalsBefore).toMatchObject({ sessions: 0 });
  expect(figures.weeks.map(({ tier, sessions }) => [tier, sessions])).toEqual([
    ["regulated", 1],
    ["standard", 1],
  ]);
  expect(figures.hours.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(2);
  expect(figures.approvals).toMatchObject({ approved: 1, denied: 1, people: 2 });
  const said = JSON.stringify(figures);
  for (const told of [s.ana, s.ben, s.max, s.mia, "ana", "max"]) expect(said).not.toContain(told);
  expect(await looks()).toBe(0);
});

test("the state of the counting changes with what is counted, and not without", async () => {
  const { state, zone, upTo } = await readCounting(cleo);
  expect({ zone, upTo }).toEqual({ zone: "UTC", upTo: null });
  expect((await readCounting(ada)).state).toBe(state);
  await s.commit(async (sql) => deny(sql, await ask(sql, s.ana, s.rita), s.mia));
  expect((await readCounting(cleo)).state).toBe(state);
  await rollUpAll(work.worker);
  expect((await readCounting(cleo)).state).not.toBe(state);
});

test("compliance sees everybody by name; each look is on record", async () => {
  const figures = await lookAtPeople(cleo, quarter);
  const max = figures?.deciders.find(({ approverId }) => approverId === s.max);
  expect(max).toMatchObject({
    approved: 1,
    denied: 0,
    pairs: [{ actorId: s.ana, decided: 1 }],
  });
  await lookAtPeople(cleo, quarter);
  expect(await looks()).toBe(2);
  await lookAtPeople(cleo, longer);
  expect(await looks()).toBe(3);
});

test("a manager sees whom they decided for; an admin no names, which is no look at a person", async () => {
  const before = await looks();
  expect((await lookAtPeople(work.max, quarter))?.deciders.map(({ name }) => name)).toEqual([
    "max",
  ]);
  expect(await looks()).toBe(Number(before) + 1);
  expect(await lookAtPeople(ada, quarter)).toBeNull();
  expect(await looks()).toBe(Number(before) + 1);
});

test("one person's figures, by the quarter and by any other days: the same", async () => {
  const ana = {
    sessions: 1,
    acting: 1,
    sensitive: 1,
    accounts: 1,
    ended: 1,
    wrote: 1,
    writes: 1,
    data: 1,
    exports: 0,
    approved: 0,
  };
  expect(await personFigures(work.ana.db, s.ana, quarter)).toMatchObject(ana);
  expect(await personFigures(work.ana.db, s.ana, longer)).toMatchObject(ana);
  expect(await personFigures(work.ana.db, s.max, quarter)).toMatchObject({
    sessions: 0,
    approved: 1,
  });
});

test("a person's figures are for themselves, their manager and compliance", async () => {
  await s.owner.query("update staff set manager_id = $2 where id = $1", [s.ana, s.mia]);
  const before = Number(await looks());
  for (const ctx of [work.ana, work.mia, cleo])
    expect(await lookAtPerson(ctx, s.ana, [quarter])).toMatchObject({ value: { name: "ana" } });
  expect(await looks()).toBe(before + 3);
  for (const ctx of [work.ben, work.max, ada])
    expect(await lookAtPerson(ctx, s.ana, [quarter])).toMatchObject({
      error: { code: "not_found" },
    });
  expect(await looks()).toBe(before + 3);
});

test("of fewer than five peers nothing is said", async () => {
  const ana = { staffId: s.ana, role: "agent", team: "EMEA support" } as const;
  // Ben and Moe, and two more.
  for (const name of ["una", "vic"]) await s.agent(name);
  expect(await peersOf(work.ana.db, ana, quarter)).toBeNull();
  expect((await readFigures(cleo, quarter)).teams).toEqual([]);
  await s.agent("wim");
  expect(await peersOf(work.ana.db, ana, quarter)).toMatchObject({
    people: 5,
    of: { sessions: { low: 0, median: 0, high: 1 } },
  });
  expect(await peersOf(work.ana.db, { ...ana, role: "manager" }, quarter)).toBeNull();
});

test("of approvers nothing is said one by one below five of them", async () => {
  expect((await readFigures(cleo, quarter)).approvers).toEqual([]);
  const more = await Promise.all(
    ["mo", "mu", "my"].map((name) => hire(s.owner, name, ["manager"])),
  );
  await s.commit(async (sql) => {
    for (const manager of more) await deny(sql, await ask(sql, s.ana, s.rita), manager);
  });
  await rollUpAll(work.worker);
  const { approvers } = await readFigures(cleo, quarter);
  expect(approvers.map(({ approved, denied }) => `${approved} ${denied}`).sort()).toEqual([
    "0 1",
    "0 1",
    "0 1",
    "0 2",
    "1 0",
  ]);
  expect((await readFigures(cleo, longer)).approvers).toHaveLength(5);
});

test("what started by break-glass is counted in the days of its session", async () => {
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "requests", () =>
      sql.query("update requests set break_glass = true where id = $1", [request.id]),
    ),
  );
  const { totals, totalsBefore } = await readFigures(cleo, quarter);
  expect([totals.breakGlass, totalsBefore.breakGlass]).toEqual([1, 0]);
});
