import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { attack } from "#db/testing/attack.ts";
import { daysAway } from "#db/testing/days.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { decide, itemOf as fullItemOf } from "#db/testing/review.ts";
import { closeReview, except, handOn, itemOf, review } from "#db/testing/reviews.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert, type Sql } from "#db/testing/sql.ts";

const s = await scene();
const [cora, clem] = [
  await hire(s.owner, "cora", ["compliance"]),
  await hire(s.owner, "clem", ["compliance"]),
];
const body = { ...policy14, reviews: { undecided: "exception", exceptionDays: 20 } };
await insert(s.owner, "policy_versions", { version: 15, body });
const answers = await hire(s.owner, "answers", []);
const r = await s.commit((sql) => review(sql, cora, s.max));
const ben = await itemOf(s.owner, r, s.ben);
const soon = { expires_on: daysAway(10) };

test("by an account that nobody is behind, or for longer than the policy lets", async () => {
  const left = await hire(s.owner, "left", []);
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [left],
  );
  const robot = await hire(s.owner, "robot", []);
  await s.owner.query("update staff set kind = 'service' where id = $1", [robot]);
  for (const owner of [left, robot])
    expect(await attack(s, (sql) => except(sql, ben, clem, owner, soon))).toBe(
      "review_exception_owner",
    );
  for (const days of [0, -1, 22])
    expect(
      await attack(s, (sql) => except(sql, ben, clem, answers, { expires_on: daysAway(days) })),
    ).toBe("review_exception_expiry");
});

test("by an entry that names another owner", async () => {
  const said = { item_id: ben, owner: s.mia };
  const other = async (sql: Sql) =>
    except(sql, ben, clem, answers, {
      ...soon,
      entry_id: await entry(sql, "review.excepted", { actor: clem, body: said }),
    });
  expect(await attack(s, other)).toBe("review_entry_says_else");
});

const all = async (sql: Sql) =>
  (
    await sql.query("select id from review_items where campaign_id = $1 and staff_id <> $2", [
      r.id,
      clem,
    ])
  ).rows.map(({ id }) => String(id));

test("before the sign-off: what it was made of is undecided again", async () => {
  const theirs = await itemOf(s.owner, r, clem, "compliance");
  await s.commit(async (sql) => {
    for (const item of await all(sql)) await except(sql, item, clem, answers, soon);
    await decide(sql, await fullItemOf(sql, { ...r, slug: "" }, clem, "compliance"));
  });
  expect(theirs).toBeDefined();
  expect(await attack(s, (sql) => except(sql, ben, clem, answers, soon))).toBe("review_excepted");
  const item = await fullItemOf(s.owner, { ...r, slug: "" }, s.ben, "agent");
  expect(await attack(s, (sql) => decide(sql, item))).toBe("review_excepted");
  expect(await attack(s, (sql) => handOn(sql, ben, s.max, s.mia))).toBe("review_item_decided");

  // Who answers for them leaves.
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [answers],
  );
  expect(await attack(s, (sql) => closeReview(sql, r, cora))).toBe("campaign_undecided");
  await s.owner.query("update staff set status = 'active', deactivated_at = null where id = $1", [
    answers,
  ]);

  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "review_exceptions", () =>
      sql.query(
        "update review_exceptions set at = at - interval '12 days', expires_on = expires_on - 12 where item_id = $1",
        [ben],
      ),
    ),
  );
  expect(await attack(s, (sql) => closeReview(sql, r, cora))).toBe("campaign_undecided");
  const { rows } = await s.owner.query(
    "select item_id from standing_exceptions where item_id = $1",
    [ben],
  );
  expect(rows).toEqual([]);
  await s.commit((sql) => except(sql, ben, clem, answers, soon));
  await s.commit((sql) => closeReview(sql, r, cora));
  const closed = await s.owner.query("select item_id from standing_exceptions where item_id = $1", [
    ben,
  ]);
  expect(closed.rows).toEqual([{ item_id: ben }]);
});

test("after it: it stays as it was signed", async () => {
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [answers],
  );
  const { rows } = await s.owner.query(
    "select count(*)::integer as n from standing_exceptions x join review_items i on i.id = x.item_id where i.campaign_id = $1",
    [r.id],
  );
  expect(rows).toEqual([{ n: (await all(s.owner)).length }]);
});

test("in a review that was closed while an exception settled an item whatever its day: it stays as signed", async () => {
  const [max, mia] = [
    await itemOf(s.owner, r, s.max, "manager"),
    await itemOf(s.owner, r, s.mia, "manager"),
  ];
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, ["review_exceptions", "staff_roles"], async () => {
      await sql.query(
        "update review_exceptions set at = at - interval '12 days', expires_on = current_date - 1 where item_id = any($1)",
        [[max, mia]],
      );
      // Taken before the closing, outside of the review: that left nothing to except.
      await sql.query(
        `update staff_roles g set revoked_at = c.closed_at - interval '1 millisecond', granted_at = c.starts_at
           from review_items i join campaigns c on c.id = i.campaign_id where i.id = $1 and g.id = i.grant_id`,
        [mia],
      );
    }),
  );
  const { rows } = await s.owner.query(
    "select item_id from standing_exceptions where item_id = any($1)",
    [[max, mia]],
  );
  expect(rows).toEqual([{ item_id: max }]);
});
