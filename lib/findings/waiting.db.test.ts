import { expect, it } from "vitest";
import { raiseFinding } from "#db/testing/findings.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Role } from "#lib/vocabulary.ts";
import { readFindings } from "./list.ts";
import { readFinding } from "./read-finding.ts";
import { readWaiting } from "./waiting.ts";

type Reader = Ctx<StaffActor>;
const s = await scene();
const { ana, max } = await atWork(s);
const as = (id: string, roles: Role[], team = "EMEA support"): Reader => ({
  ...max,
  actor: { ...max.actor, id, roles, team },
});
const far = await hire(s.owner, "far", ["manager"]);
const led = await hire(s.owner, "led", ["agent"], { managerId: far });
await s.owner.query("update staff set team = 'Head office' where id = any ($1)", [[far, led]]);
await s.commit(async (sql) => {
  await raiseFinding(sql, s.ana);
  await raiseFinding(sql, s.ben, { other_id: s.max });
  await raiseFinding(sql, s.max);
  await raiseFinding(sql, led);
});

/** What somebody sees, by three ways that must say the same: the count, the list, and each page. */
async function seen(ctx: Reader): Promise<number> {
  const { open } = await readWaiting({ ...ctx });
  const { rows } = await readFindings(ctx, {});
  expect(rows).toHaveLength(open);
  const { rows: all } = await s.owner.query<{ number: number }>("select number from findings");
  const pages = [];
  for (const { number } of all) pages.push(await readFinding(ctx, number));
  expect(pages.filter(Boolean)).toHaveLength(open);
  return open;
}

it("counts and shows to each what they may see, and nothing about themselves", async () => {
  expect(await seen(as(s.max, ["manager"]))).toBe(1);
  expect(await seen(as(s.mia, ["manager"]))).toBe(3);
  // A line goes across teams.
  expect(await seen(as(far, ["manager"], "Head office"))).toBe(1);
  expect(await seen(as(s.moe, ["compliance"]))).toBe(4);
  expect(await seen(as(s.max, ["admin"]))).toBe(2);
  expect(await seen(ana)).toBe(0);
});

it("leaves a finding to compliance where the manager is in it, or is none", async () => {
  const none = await hire(s.owner, "none", ["admin"]);
  const kept = async (boss: string, other: string | null) => {
    const actor = await hire(s.owner, `of-${boss}-${other}`, ["agent"], { managerId: boss });
    const id = await s.commit((sql) => raiseFinding(sql, actor, { other_id: other }));
    const { rows } = await readFindings(as(s.moe, ["compliance"]), { actor });
    return rows.find((row) => row.id === id)?.keeper;
  };
  expect(await kept(s.mia, null)).toBe("mia");
  expect(await kept(s.mia, s.mia)).toBeNull();
  expect(await kept(none, null)).toBeNull();
});

it("nobody what is about another account of theirs, and it waits for compliance", async () => {
  const twin = await hire(s.owner, "ana too", ["manager"]);
  const reader = as(twin, ["manager"]);
  const before = await seen(reader);
  await s.owner.query("update staff set person_id = $2 where id = $1", [twin, s.ana]);
  await s.owner.query("update staff set manager_id = $2 where id = $1", [s.ana, twin]);
  expect(await seen(reader)).toBe(before - 1);
  const officer = as(await hire(s.owner, "officer", ["compliance"]), ["compliance"]);
  const { rows } = await readFindings(officer, {});
  expect(rows.find(({ actor }) => actor.id === s.ana)).toMatchObject({ keeper: null });
});
