import { expect, test } from "vitest";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Role } from "#lib/vocabulary.ts";
import { delegateAt, readDelegates } from "./delegates.ts";
import { delegationSchema } from "./delegation-schemas.ts";
import { readAbsences, readDeciders } from "./delegations.ts";
import { endDelegation } from "./end-delegation.ts";
import { giveDelegation } from "./give-delegation.ts";

const s = await scene();
const { ana, max, mia } = await atWork(s);

async function hired(name: string, roles: Role[]): Promise<Ctx<StaffActor>> {
  const id = await hire(s.owner, name, roles);
  const signInId = newId();
  await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
  return { ...ana, actor: { ...ana.actor, id, name, roles, signInId } };
}
const day = (inDays: number) =>
  new Date(Date.now() + inDays * 86_400_000).toISOString().slice(0, 10);
const leave = (over: object = {}) =>
  delegationSchema.parse({ firstDay: day(0), lastDay: day(3), reason: "On leave", ...over });
const code = (result: { ok: boolean; error?: { code: string; fields?: object } }) =>
  result.ok ? "ok" : (Object.keys(result.error?.fields ?? {})[0] ?? result.error?.code);

test("a manager goes away for days of their own zone, and comes back early", async () => {
  await s.owner.query("update staff set zone = 'Asia/Tokyo' where id = $1", [max.actor.id]);
  const given = await giveDelegation(max, leave({ firstDay: day(2), toId: mia.actor.id }));
  if (!given.ok) throw new Error(given.error.message);
  const { rows } = await s.owner.query(
    `select to_char(starts_at at time zone 'Asia/Tokyo', 'HH24:MI') as starts, to_char(ends_at at time zone 'Asia/Tokyo', 'YYYY-MM-DD HH24:MI') as ends,
       is_away(from_id, clock_timestamp()) as now, is_away(from_id, starts_at) as later from delegations`,
  );
  expect(rows).toEqual([{ starts: "00:00", ends: `${day(4)} 00:00`, now: false, later: true }]);
  expect(await readAbsences(mia)).toMatchObject([
    { from: { name: "max" }, to: { name: "mia" }, isOpen: true, isNow: false },
  ]);
  expect(await readAbsences(ana)).toEqual([]);
  const { delegationId } = given.value;
  expect(code(await endDelegation(ana, { delegationId }))).toBe("not_found");
  expect(code(await endDelegation(mia, { delegationId }))).toBe("ok");
  expect(code(await endDelegation(max, { delegationId }))).toBe("ended");
});

test("each answer that is none is named beside its field", async () => {
  const agent = await hired("an agent", ["agent"]);
  const cleo = await hired("cleo", ["compliance"]);
  const of = async (over: object, by = max) => code(await giveDelegation(by, leave(over)));
  expect(await of({ toId: agent.actor.id })).toBe("toId");
  expect(await of({ toId: max.actor.id })).toBe("toId");
  expect(await of({ firstDay: day(3), lastDay: day(2) })).toBe("lastDay");
  expect(await of({ firstDay: day(-9), lastDay: day(-3) })).toBe("lastDay");
  expect(await of({ lastDay: day(60) })).toBe("lastDay");
  expect(await of({}, agent)).toBe("not_found");
  expect(await of({ toId: mia.actor.id }, cleo)).toBe("toId");
  expect(await of({}, cleo)).toBe("ok");
  expect(await of({ personId: mia.actor.id })).toBe("not_allowed");
  expect(await of({})).toBe("ok");
  expect(await of({ firstDay: day(3), lastDay: day(5) })).toBe("conflict");
});

test("an admin says it of another, and who decides is offered by name", async () => {
  const kesi = await hired("kesi", ["admin"]);
  const personId = mia.actor.id;
  expect(code(await giveDelegation(kesi, leave({ personId, toId: max.actor.id })))).toBe("ok");
  expect(code(await giveDelegation(kesi, leave()))).toBe("not_found");
  const names = (await readDeciders(kesi)).map(({ name }) => name);
  expect(names).toEqual(["cleo", "max", "mia", "moe"]);
  const { rows } = await s.owner.query(
    "select event, count(*)::int as n from audit_entry where event like 'delegation.%' group by 1 order by 1",
  );
  expect(rows).toEqual([
    { event: "delegation.ended", n: 1 },
    { event: "delegation.given", n: 4 },
    { event: "delegation.refused", n: 12 },
  ]);
});

test("whoever decides for an agent’s own manager is named, from the day and until it is over", async () => {
  const boss = await hired("boss", ["manager"]);
  const stands = await hired("stands in", ["manager"]);
  const agent = await hired("led", ["agent"]);
  await s.owner.query("update staff set manager_id = $1 where id = $2", [
    boss.actor.id,
    agent.actor.id,
  ]);
  const now = async () => {
    const { rows } = await s.owner.query<{ at: Date }>("select clock_timestamp() as at");
    if (!rows[0]) throw new Error("No time");
    return rows[0].at;
  };
  // A Date ends with the millisecond, and may lie before what was written within it.
  const afterwards = async () => new Date((await now()).getTime() + 1);
  const of = async (createdAt: Date) =>
    readDelegates(agent.db, { actor: { id: agent.actor.id }, createdAt });
  const before = await now();
  const given = await giveDelegation(boss, leave({ toId: stands.actor.id }));
  if (!given.ok) throw new Error(given.error.message);
  const asked = await afterwards();
  expect(await of(before)).toEqual([]);
  const all = await of(asked);
  expect(delegateAt(all, stands.actor.id, asked)).toMatchObject({ of: "boss" });
  expect(delegateAt(all, stands.actor.id, before)).toBeUndefined();
  expect(delegateAt(all, max.actor.id, asked)).toBeUndefined();
  await endDelegation(boss, given.value);
  const ended = await afterwards();
  const still = await of(asked);
  expect(delegateAt(still, stands.actor.id, asked)).toMatchObject({ of: "boss" });
  expect(delegateAt(still, stands.actor.id, ended)).toBeUndefined();
  expect(await of(ended)).toEqual([]);
});

test("sixty days are sixty where they live, also where one of them is longer", async () => {
  const dan = await hired("dan", ["manager"]);
  await s.owner.query("update staff set zone = 'Europe/Berlin' where id = $1", [dan.actor.id]);
  const year = new Date().getUTCFullYear() + 1;
  const autumn = leave({ firstDay: `${year}-10-01`, lastDay: `${year}-11-29` });
  expect(code(await giveDelegation(dan, autumn))).toBe("ok");
});
