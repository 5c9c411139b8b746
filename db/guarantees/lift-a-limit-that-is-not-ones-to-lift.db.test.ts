import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { lift } from "#db/testing/breadth.ts";
import { entry } from "#db/testing/entry.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();

test("one's own, also as a manager", async () => {
  expect(await attack(s, (sql) => lift(sql, s.moe, s.moe))).toBe("lift_own");
});

test("one's own by another account, or of another account of who one reports to", async () => {
  const [agent, second, below] = [
    await hire(s.owner, "agent", ["agent"]),
    await hire(s.owner, "second", ["manager"]),
    await hire(s.owner, "under second", ["manager"]),
  ];
  await s.owner.query("update staff set person_id = $2 where id = $1", [second, agent]);
  await s.owner.query("update staff set manager_id = $2 where id = $1", [below, second]);
  expect(await attack(s, (sql) => lift(sql, agent, second))).toBe("lift_own");
  expect(await attack(s, (sql) => lift(sql, agent, below))).toBe("lift_reports_to_actor");
});

test("without being a manager", async () => {
  for (const by of [s.ben, await hire(s.owner, "cora", ["compliance"])])
    expect(await attack(s, (sql) => lift(sql, s.ana, by))).toBe("lift_without_role");
});

test("as a manager of yesterday, or one who is deactivated", async () => {
  const former = await hire(s.owner, "former", ["manager"]);
  await takeRole(s.owner, former, "manager");
  const gone = await hire(s.owner, "gone", ["manager"]);
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = clock_timestamp() where id = $1",
    [gone],
  );
  for (const by of [former, gone])
    expect(await attack(s, (sql) => lift(sql, s.ana, by))).toBe("lift_without_role");
});

test("of who one reports to", async () => {
  const below = await hire(s.owner, "below", ["manager"], { managerId: s.moe });
  expect(await attack(s, (sql) => lift(sql, s.moe, below))).toBe("lift_reports_to_actor");
});

test("of somebody who is no agent", async () => {
  expect(await attack(s, (sql) => lift(sql, s.mia, s.max))).toBe("lift_actor_role");
});

test("without an entry, with that of somebody else, or of another event", async () => {
  expect(await attack(s, (sql) => lift(sql, s.ana, s.max, { entry_id: s.ana }))).toBe(
    "breadth_lifts_entry",
  );
  for (const [event, actor] of [
    ["breadth.lifted", s.mia],
    ["breadth.warned", s.max],
  ] as const)
    expect(
      await attack(s, async (sql) =>
        lift(sql, s.ana, s.max, { entry_id: await entry(sql, event, { actor }) }),
      ),
    ).toBe("change_without_entry");
});

test("without saying why", async () => {
  expect(await attack(s, (sql) => lift(sql, s.ana, s.max, { reason: "busy" }))).toBe(
    "breadth_lifts_reason_length",
  );
});

test("for longer than a day: the times are the database's", async () => {
  const far = new Date(Date.now() + 30 * 86_400_000);
  const id = await s.commit((sql) =>
    lift(sql, s.ana, s.max, { created_at: far, ends_at: new Date(far.getTime() + 86_400_000) }),
  );
  const { rows } = await s.owner.query(
    "select ends_at - created_at = interval '24 hours' as a_day, created_at <= clock_timestamp() as now from breadth_lifts where id = $1",
    [id],
  );
  expect(rows).toEqual([{ a_day: true, now: true }]);
});

test("twice, and so for two days", async () => {
  expect(await attack(s, (sql) => lift(sql, s.ana, s.mia))).toBe("lift_lifted");
});

test("by prolonging it, or taking it off the record", async () => {
  for (const statement of [
    "update breadth_lifts set ends_at = ends_at + interval '1 day'",
    "delete from breadth_lifts",
    "truncate breadth_lifts",
  ]) {
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
    await expect(s.owner.query(statement)).rejects.toMatchObject({
      constraint: "breadth_lifts_append_only",
    });
  }
});
