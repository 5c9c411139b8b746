import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { addItems, giveOut, handOn, itemOf, openReview, review } from "#db/testing/reviews.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();
const cora = await hire(s.owner, "cora", ["compliance"]);
const boss = await hire(s.owner, "boss", ["manager"]);
const below = await hire(s.owner, "below", ["manager"], { managerId: boss });
const deeper = await hire(s.owner, "deeper", ["manager"], { managerId: below });
const former = await hire(s.owner, "former", []);
const given = await hire(s.owner, "given", []);
await s.owner.query(
  "insert into staff_roles (id, staff_id, role, granted_by, granted_at) values (gen_random_uuid(), $1, 'agent', $2, clock_timestamp() - interval '1 day')",
  [given, s.mia],
);
const r = await s.commit((sql) => review(sql, cora, s.max));
const item = (person: string, role?: string) => itemOf(s.owner, r, person, role);

const open = (reviewer: string, only: string) =>
  attack(s, async (sql) => {
    const other = await openReview(sql, cora);
    await addItems(sql, other, s.max, {
      more: {
        reviewer_id: `case when ${only} then '${reviewer}'::uuid end`,
        reviewer_how: `case when ${only} then 'other_manager' end`,
      },
    });
    await giveOut(sql, other);
  });

test("one's own", async () => {
  expect(await open(boss, `p.id = '${boss}'`)).toBe("review_items_not_ones_own");
  expect(
    await attack(s, async (sql) => handOn(sql, await item(boss, "manager"), s.max, boss)),
  ).toBe("review_items_not_ones_own");
});

test("by a service account", async () => {
  await s.owner.query("update staff set kind = 'service' where id = $1", [s.moe]);
  expect(await open(s.moe, `p.id = '${s.ana}'`)).toBe("review_reviewer_role");
  expect(await attack(s, async (sql) => handOn(sql, await item(s.ana), s.max, s.moe))).toBe(
    "review_reviewer_role",
  );
  await s.owner.query("update staff set kind = 'person' where id = $1", [s.moe]);
});

test("what one gave", async () => {
  expect(await open(s.mia, `p.id = '${given}'`)).toBe("review_items_not_ones_grant");
  expect(await attack(s, async (sql) => handOn(sql, await item(given), s.max, s.mia))).toBe(
    "review_items_not_ones_grant",
  );
});

test("who one reports to, also over two", async () => {
  for (const reviewer of [below, deeper]) {
    expect(await open(reviewer, `p.id = '${boss}'`)).toBe("review_reports_to");
    expect(
      await attack(s, async (sql) => handOn(sql, await item(boss, "manager"), s.max, reviewer)),
    ).toBe("review_reports_to");
  }
});

test("who reports to oneself in turn", async () => {
  await s.owner.query("update staff set manager_id = $1 where id = $2", [below, boss]);
  expect(await open(boss, `p.id = '${below}'`)).toBe("review_reports_to");
  await s.owner.query("update staff set manager_id = null where id = $1", [boss]);
});

test("without being a manager or compliance", async () => {
  expect(await open(s.ana, `p.id = '${s.ben}'`)).toBe("review_reviewer_role");
  for (const reviewer of [s.ana, former])
    expect(await attack(s, async (sql) => handOn(sql, await item(s.ben), s.max, reviewer))).toBe(
      "review_reviewer_role",
    );
});

test("what is somebody else's to hand on, without a reason, or without its entry", async () => {
  expect(await attack(s, async (sql) => handOn(sql, await item(s.ben), s.mia, s.mia))).toBe(
    "review_handed_on_by",
  );
  expect(
    await attack(s, async (sql) => handOn(sql, await item(s.ben), s.max, s.mia, { reason: " " })),
  ).toBe("review_handed_on");
  expect(
    await attack(s, async (sql) =>
      handOn(sql, await item(s.ben), s.max, s.mia, {
        entry_id: await entry(sql, "review.handed_on", { actor: s.max, body: { item_id: s.ana } }),
      }),
    ),
  ).toBe("review_entry_of_item");
  expect(
    await attack(s, async (sql) =>
      handOn(sql, await item(s.ben), s.max, s.mia, {
        entry_id: await entry(sql, "review.looked", {
          actor: s.max,
          body: { item_id: await item(s.ben) },
        }),
      }),
    ),
  ).toBe("change_without_entry");
});

test("by choosing who reviews oneself, or who one reports to", async () => {
  const own = await item(cora, "compliance");
  expect(await attack(s, (sql) => handOn(sql, own, cora, s.mia))).toBe("review_handed_on_own");
  const under = await hire(s.owner, "under", ["compliance"], { managerId: boss });
  const theirs = await item(boss, "manager");
  expect(await attack(s, (sql) => handOn(sql, theirs, under, s.mia))).toBe("review_handed_on_own");
});

test("by being given it as if by rule, after the opening", async () => {
  for (const how of ["manager", "compliance", null])
    expect(
      await attack(s, async (sql) => handOn(sql, await item(s.ben), s.max, s.mia, { how })),
    ).toBe("review_assigned_at_opening");
});

test("by taking an assignment off the record", async () => {
  for (const statement of [
    "delete from review_assignments",
    "update review_assignments set reason = ''",
  ]) {
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
    await expect(s.owner.query(statement)).rejects.toMatchObject({
      constraint: "review_assignments_append_only",
    });
  }
});

test("handed on by the reviewer, and by compliance, it is the other's", async () => {
  const of = await item(s.ben);
  await s.commit((sql) => handOn(sql, of, s.max, s.mia));
  await s.commit((sql) => handOn(sql, of, cora, s.moe));
  const { rows } = await s.owner.query(
    "select reviewer_id, reviewer_how from review_items where id = $1",
    [of],
  );
  expect(rows).toEqual([{ reviewer_id: s.moe, reviewer_how: "handed_on" }]);
});
