import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { handOn, itemOf, review } from "#db/testing/reviews.ts";
import { scene } from "#db/testing/scene.ts";
import type { Row, Sql } from "#db/testing/sql.ts";

const s = await scene();
const cora = await hire(s.owner, "cora", ["compliance"]);
const r = await s.commit((sql) => review(sql, cora, s.max));
const of = await itemOf(s.owner, r, s.ben);

/** As the worker does it. */
const byRule = async (sql: Sql, to: string | null, more: Row = {}) =>
  handOn(sql, of, cora, s.mia, {
    ...{ reviewer_id: to, how: to && "other_manager", assigned_by: null },
    ...{ entry_id: await entry(sql, "review.assigned", { body: { item_id: of } }), ...more },
  });
const gone = () =>
  s.owner.query("update staff set status = 'deactivated', deactivated_at = now() where id = $1", [
    s.max,
  ]);

test("from whoever may decide it", async () => {
  expect(await attack(s, (sql) => byRule(sql, s.mia))).toBe("review_by_rule");
  expect(await attack(s, (sql) => byRule(sql, null))).toBe("review_by_rule");
});

test("to who may not decide it, or to nobody while somebody may", async () => {
  await gone();
  expect(await attack(s, (sql) => byRule(sql, s.ana))).toBe("review_reviewer_role");
  expect(await attack(s, (sql) => byRule(sql, s.ben))).toBe("review_items_not_ones_own");
  expect(await attack(s, (sql) => byRule(sql, s.max))).toBe("review_by_rule");
  expect(await attack(s, (sql) => byRule(sql, null))).toBe("review_by_rule");
});

test("without a reason, as somebody's doing, or without its entry", async () => {
  expect(await attack(s, (sql) => byRule(sql, s.mia, { reason: null }))).toBe(
    "review_assigned_at_opening",
  );
  expect(await attack(s, (sql) => byRule(sql, s.mia, { reason: " " }))).toBe("review_by_rule");
  expect(await attack(s, (sql) => byRule(sql, s.mia, { assigned_by: cora }))).toBe(
    "review_assigned_at_opening",
  );
  expect(
    await attack(s, async (sql) =>
      byRule(sql, s.mia, {
        entry_id: await entry(sql, "review.assigned", { actor: cora, body: { item_id: of } }),
      }),
    ),
  ).toBe("review_by_rule");
  expect(
    await attack(s, async (sql) =>
      byRule(sql, s.mia, {
        entry_id: await entry(sql, "review.assigned", { body: { item_id: s.ana } }),
      }),
    ),
  ).toBe("review_entry_of_item");
});

test("of what is decided, excepted or gone", async () => {
  await s.owner.query("update staff_roles set revoked_at = now() where staff_id = $1", [s.ben]);
  expect(await attack(s, (sql) => byRule(sql, s.mia))).toBe("review_item_decided");
  await s.owner.query("update staff_roles set revoked_at = null where staff_id = $1", [s.ben]);
});

test("and where it is so, it is the other's", async () => {
  await s.commit((sql) => byRule(sql, s.mia));
  const { rows } = await s.owner.query(
    "select reviewer_id, reviewer_how from review_items where id = $1",
    [of],
  );
  expect(rows).toEqual([{ reviewer_id: s.mia, reviewer_how: "other_manager" }]);
});
