import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { disposeOf, about as entryAbout, raiseFinding } from "#db/testing/findings.ts";
import { giveRole, hire, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();
const cora = await hire(s.owner, "cora", ["compliance"]);
const finding = (actor: string, other?: string) =>
  s.commit((sql) => raiseFinding(sql, actor, { other_id: other ?? null }));

test("by the actor, who is a manager too", async () => {
  const about = await finding(s.moe);
  expect(await attack(s, (sql) => disposeOf(sql, about, s.moe))).toBe("finding_own");
});

test("by another account of either, or by who reports to one", async () => {
  const [agent, second] = [
    await hire(s.owner, "agent", ["agent"]),
    await hire(s.owner, "second", ["manager"]),
  ];
  await s.owner.query("update staff set person_id = $2 where id = $1", [second, agent]);
  const officer = await hire(s.owner, "under second", ["compliance"], { managerId: second });
  for (const about of [await finding(agent), await finding(s.ana, agent)]) {
    expect(await attack(s, (sql) => disposeOf(sql, about, second))).toBe("finding_own");
    expect(await attack(s, (sql) => disposeOf(sql, about, officer))).toBe(
      "finding_reports_to_actor",
    );
  }
});

test("by the other of a pair", async () => {
  const about = await finding(s.ana, s.max);
  expect(await attack(s, (sql) => disposeOf(sql, about, s.max))).toBe("finding_own");
});

test("by who reports to the actor, or to the other of a pair, compliance included", async () => {
  const below = await hire(s.owner, "below", ["manager"], { managerId: s.moe });
  const officer = await hire(s.owner, "officer", ["compliance"], { managerId: below });
  for (const by of [below, officer]) {
    for (const about of [await finding(s.moe), await finding(s.ana, s.moe)])
      expect(await attack(s, (sql) => disposeOf(sql, about, by))).toBe("finding_reports_to_actor");
  }
});

test("by an agent, an admin, a manager of yesterday or one of another team", async () => {
  const about = await finding(s.ana);
  const admin = await hire(s.owner, "ada", ["admin"]);
  const former = await hire(s.owner, "former", ["manager"]);
  await takeRole(s.owner, former, "manager");
  const elsewhere = await hire(s.owner, "elsewhere", ["manager"]);
  await s.owner.query("update staff set team = 'APAC support' where id = $1", [elsewhere]);
  for (const by of [s.ben, admin, former, elsewhere])
    expect(await attack(s, (sql) => disposeOf(sql, about, by))).toBe("finding_not_reviewer");
});

test("in the name of somebody else, or without an entry about this finding", async () => {
  const [one, other] = [await finding(s.ana), await finding(s.ana)];
  expect(await attack(s, async (sql) => disposeOf(sql, one, s.max, { disposed_by: s.mia }))).toBe(
    "change_without_entry",
  );
  expect(
    await attack(s, async (sql) =>
      disposeOf(sql, one, s.max, {
        disposed_entry_id: await entryAbout(sql, "finding.disposed", other, s.max),
      }),
    ),
  ).toBe("change_without_entry");
});

test("without saying what was found out", async () => {
  const about = await finding(s.ana);
  expect(await attack(s, (sql) => disposeOf(sql, about, s.max, { note: "fine     " }))).toBe(
    "findings_note_length",
  );
});

test("a second time, or back to open", async () => {
  const about = await finding(s.ana);
  await s.commit((sql) => disposeOf(sql, about, cora));
  expect(await attack(s, (sql) => disposeOf(sql, about, s.max))).toBe("finding_disposed");
  expect(
    await attack(s, (sql) =>
      sql.query("update findings set status = 'open' where id = $1", [about]),
    ),
  ).toBe("finding_disposed");
});

test("by their manager in a line across teams: that may be", async () => {
  const far = await hire(s.owner, "far", ["manager"]);
  await s.owner.query("update staff set team = 'Head office' where id = $1", [far]);
  const led = await hire(s.owner, "led", ["agent"], { managerId: far });
  await giveRole(s.owner, led, "manager");
  const about = await finding(led);
  await s.commit((sql) => disposeOf(sql, about, far));
  const { rows } = await s.owner.query("select status from findings where id = $1", [about]);
  expect(rows).toEqual([{ status: "explained" }]);
});
