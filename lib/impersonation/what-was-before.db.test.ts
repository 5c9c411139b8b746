import { expect, test } from "vitest";
import { ageRequest } from "#db/testing/age.ts";
import { addAccount, addSubject, hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { approve, ask, attempt, close, deny, end, grant, start } from "#db/testing/steps.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { readCameToNothing } from "#lib/requests/queries.ts";
import type { Role, Scope } from "#lib/vocabulary.ts";
import { readChanged } from "./changed.ts";
import { readPast } from "./queries.ts";
import { atWork } from "./testing.ts";

const s = await scene();
const work = await atWork(s);

/** Somebody of another team than everybody of the scene. */
const elsewhere = async (name: string, role: Role) => {
  const id = await hire(s.owner, name, [role]);
  await s.owner.query("update staff set team = 'Americas support' where id = $1", [id]);
  return id;
};
const as = (id: string, roles: Role[], team = "EMEA support"): Ctx<StaffActor> => ({
  ...work.max,
  actor: { ...work.max.actor, id, roles, team },
});
const otto = await elsewhere("otto", "agent");
const oda = await elsewhere("oda", "manager");
const cleo = await hire(s.owner, "cleo", ["compliance"]);
const kesi = await hire(s.owner, "kesi", ["admin"]);
const readers = {
  ana: as(s.ana, ["agent"]),
  ben: as(s.ben, ["agent"]),
  max: as(s.max, ["manager"]),
  otto: as(otto, ["agent"], "Americas support"),
  oda: as(oda, ["manager"], "Americas support"),
  cleo: as(cleo, ["compliance"]),
  kesi: as(kesi, ["admin"]),
};
type Reader = keyof typeof readers;

const stoodIn = (actor: string, subject = s.jane, scope: Scope = "write", writes = 0) =>
  s.commit(async (sql) => {
    const request = await ask(sql, actor, subject, { scope });
    if (subject === s.rita) await approve(sql, request, s.max);
    else await grant(sql, request);
    const session = await start(sql, request);
    for (let n = 0; n < writes; n += 1)
      await attempt(sql, session, { seq: n, resource: `INV-${n}` });
    await end(sql, session);
    return session.id;
  });
const nothing = (actor: string, status: "denied" | "cancelled", subject = s.rita) =>
  s.commit(async (sql) => {
    const request = await ask(sql, actor, subject);
    if (status === "denied") await deny(sql, request, actor === s.max ? s.mia : s.max);
    else await close(sql, request, status);
    return request.id;
  });

const anas = {
  looked: await stoodIn(s.ana, s.jane, "read"),
  acted: await stoodIn(s.ana, s.jane, "write", 2),
};
const bens = await stoodIn(s.ben, s.jane, "write", 1);
const ottos = await stoodIn(otto, s.jane, "write", 1);
await stoodIn(s.ana, s.jane, "write");
const denied = { ana: await nothing(s.ana, "denied"), otto: await nothing(otto, "denied") };
const lapsed = await s.commit(async (sql) => (await ask(sql, s.ben, s.rita)).id);
await ageRequest(s.owner, lapsed, "5 hours");
await s.commit((sql) =>
  close(sql, { id: lapsed, actor: s.ben, subject: s.rita, minutes: 30, scope: "write" }, "lapsed"),
);
const cancelled = await nothing(s.ben, "cancelled");

const jane = { subjectId: s.jane.id };
const rita = { subjectId: s.rita.id };
const past = async (reader: Reader, of: { subjectId?: string; accountId?: string } = jane) =>
  (await readPast(readers[reader], of, {})).rows.map(({ id }) => id);
const changed = async (reader: Reader, of: Parameters<typeof readChanged>[1] = jane) =>
  (await readChanged(readers[reader], of, {})).rows.map(({ id }) => id);
const came = async (reader: Reader, of: Parameters<typeof readCameToNothing>[1] = rita) =>
  (await readCameToNothing(readers[reader], of, {})).rows.map(({ id }) => id);

test("an agent sees what they did themselves, and nothing of a colleague of the same team", async () => {
  expect(await past("ben")).toEqual([bens]);
  expect(await changed("ben")).toEqual([bens]);
  expect(await changed("ana")).toEqual([anas.acted]);
  expect(await came("ana")).toEqual([denied.ana]);
  expect(await came("ben")).toEqual([cancelled, lapsed]);
  expect(await past("otto")).toEqual([ottos]);
});

test("a manager sees what the own team did, and nothing of another", async () => {
  expect(await past("max")).not.toContain(ottos);
  expect(await past("max")).toEqual(expect.arrayContaining([anas.looked, anas.acted, bens]));
  expect(await changed("max")).toEqual([bens, anas.acted]);
  expect(await came("max")).toEqual([cancelled, denied.ana, lapsed]);
  expect(await changed("oda")).toEqual([ottos]);
  expect(await came("oda")).toEqual([denied.otto]);
});

test("compliance and admins see what everybody did", async () => {
  for (const reader of ["cleo", "kesi"] as const) {
    expect(await changed(reader)).toEqual([ottos, bens, anas.acted]);
    expect(await came(reader)).toEqual([cancelled, denied.otto, denied.ana, lapsed]);
  }
});

test("an account's is that of all its people, and of no other account's", async () => {
  const account = await addAccount(s.owner, s.product, "standard");
  const corin = await addSubject(s.owner, s.product, account, { name: "Corin Pell" });
  const there = await stoodIn(s.ana, corin, "write", 1);
  const refused = await nothing(s.ana, "cancelled", corin);
  expect(await changed("cleo", { accountId: account })).toEqual([there]);
  expect(await changed("cleo", { accountId: s.standard })).not.toContain(there);
  expect(await came("cleo", { accountId: account })).toEqual([refused]);
  expect(await came("ben", { accountId: account })).toEqual([]);
});

test("what was changed comes with its last writes, the newest first, and how many there are", async () => {
  const [row] = (await readChanged(readers.ana, jane, {}, 10, 1)).rows;
  expect(row?.writes).toBe(2);
  expect(row?.last.map(({ resource }) => resource)).toEqual(["INV-1"]);
});

test("what is done in a session that lives still is there at once", async () => {
  const live = await s.live(s.moe);
  await s.commit((sql) => attempt(sql, live));
  const moe = as(s.moe, ["agent", "manager"]);
  expect((await readChanged(moe, jane, {})).rows[0]?.id).toBe(live.id);
});

test("a page leads to the older ones, and back", async () => {
  const first = await readChanged(readers.cleo, jane, {}, 2);
  expect(first.newer).toBeNull();
  const second = await readChanged(readers.cleo, jane, { before: first.older }, 2);
  const ids = [...first.rows, ...second.rows].map(({ id }) => id);
  expect(new Set(ids).size).toBe(4);
  const back = await readChanged(readers.cleo, jane, { after: second.newer }, 2);
  expect(back.rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id));
  const refused = await readCameToNothing(readers.cleo, rita, {}, 3);
  expect(refused.rows).toHaveLength(3);
  const older = await readCameToNothing(readers.cleo, rita, { before: refused.older }, 3);
  expect(older.rows.map(({ id }) => id)).toEqual([lapsed]);
  expect(older.older).toBeNull();
});

test("the words of who denied come along", async () => {
  const [row] = (await readCameToNothing(readers.ana, rita, {})).rows;
  expect(row?.votes[0]?.comment).toBe("Not needed");
  expect(row?.status).toBe("denied");
});
