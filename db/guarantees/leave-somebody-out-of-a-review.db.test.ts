import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { giveRole, hire } from "#db/testing/people.ts";
import { opened, waits } from "#db/testing/race.ts";
import { addItems, giveOut, openReview, review } from "#db/testing/reviews.ts";
import { scene } from "#db/testing/scene.ts";
import type { Sql } from "#db/testing/sql.ts";

const s = await scene();
const cora = await hire(s.owner, "cora", ["compliance"]);

test("an honest one goes through", async () => {
  const { id } = await s.commit((sql) => review(sql, cora, s.max));
  const { rows } = await s.owner.query(
    "select count(*)::integer as n from review_items where campaign_id = $1",
    [id],
  );
  expect(rows).toEqual([{ n: 7 }]);
});

test("by dropping an item at the opening", async () => {
  expect(
    await attack(s, async (sql) => {
      const r = await openReview(sql, cora);
      await addItems(sql, r, s.max, { only: `p.id <> '${s.ben}'` });
      await giveOut(sql, r);
    }),
  ).toBe("campaign_complete");
});

test("by adding an item later, taking one away, or changing one", async () => {
  const { rows } = await s.owner.query("select id, opened_entry_id from campaigns");
  const r = { id: rows[0].id, entryId: rows[0].opened_entry_id };
  await giveRole(s.owner, s.max, "admin");
  expect(
    await attack(s, (sql) =>
      addItems(sql, r, s.mia, { only: "g.role = 'admin'", more: { number: "100" } }),
    ),
  ).toBe("review_item_at_opening");
  for (const statement of [
    "delete from review_items",
    "truncate review_items cascade",
    "update review_items set ended_at = clock_timestamp()",
    "update review_items set reviewer_id = staff_id",
  ]) {
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
  }
  await expect(s.owner.query("delete from review_items")).rejects.toMatchObject({
    constraint: "review_items_append_only",
  });
  await expect(
    s.owner.query("update review_items set ended_at = clock_timestamp()"),
  ).rejects.toMatchObject({ constraint: "review_item_frozen" });
});

test("by counting who is in it wrong", async () => {
  const lies = [
    "counts || '{\"service\": 1}'",
    "counts || '{\"dormant\": 0}'",
    "counts - 'byRole'",
    "jsonb_set(counts, '{byRole,agent}', '1')",
  ];
  for (const lie of lies)
    expect(
      await attack(s, async (sql) => {
        const r = await openReview(sql, cora);
        await addItems(sql, r, s.max);
        await giveOut(sql, r);
        await sql.query(`update campaigns set counts = ${lie} where id = $1`, [r.id]);
      }),
      lie,
    ).toBe("campaign_counts");
});

test("by an item that is not what the grant is", async () => {
  const lies: Record<string, string>[] = [
    { role: "'agent'" },
    { ended_at: "clock_timestamp()" },
    { privileged: "false" },
    { granted_by: "p.id" },
    { name: "'Somebody'" },
    { status: "'deactivated'" },
    { manager_id: `'${s.moe}'::uuid` },
    { manager_name: "'Somebody'" },
    { granted_by_name: "'Somebody'" },
    { scopes: "'{read}'" },
    { reviewer_how: `case when p.id <> '${s.max}' then 'manager' end` },
    { remediated_at: "clock_timestamp()" },
  ];
  for (const more of lies)
    expect(
      await attack(s, async (sql) => {
        const r = await openReview(sql, cora);
        await addItems(sql, r, s.max, { more });
        await giveOut(sql, r);
      }),
    ).toBe("review_item_true");
});

test("by the times of the period, which are the database's", async () => {
  const r = await s.commit((sql) => review(sql, cora, s.max));
  const { rows } = await s.owner.query(
    `select starts_at = first_day::timestamp at time zone 'UTC' as start, through_at = opened_at as up_to,
       due_at > opened_at + interval '29 days' as due from campaigns where id = $1`,
    [r.id],
  );
  expect(rows).toEqual([{ start: true, up_to: true, due: true }]);
});

test("by counting wrongly, or giving nothing out", async () => {
  expect(
    await attack(s, async (sql) => {
      const r = await openReview(sql, cora, { counts: { grants: 1, people: 1 } });
      await addItems(sql, r, s.max);
      await sql.query(
        "insert into review_assignments (id, item_id, reviewer_id, how, entry_id) select gen_random_uuid(), id, reviewer_id, reviewer_how, $2 from review_items where campaign_id = $1",
        [r.id, r.entryId],
      );
    }),
  ).toBe("campaign_counts");
  for (const lie of [
    "counts - 'onRecord'",
    `counts || '{"onRecord": {"grants": 1, "endedBefore": 0, "givenAfter": 0}}'`,
    `jsonb_set(counts, '{onRecord,people}', '1')`,
    `jsonb_set(counts, '{onRecord,withoutRight}', '999')`,
    "counts #- '{onRecord,withoutRight}'",
  ])
    expect(
      await attack(s, async (sql) => {
        const r = await review(sql, cora, s.max);
        await sql.query(`update campaigns set counts = ${lie} where id = $1`, [r.id]);
      }),
    ).toBe("campaign_on_record");
  expect(await attack(s, async (sql) => addItems(sql, await openReview(sql, cora), s.max))).toBe(
    "campaign_given_out",
  );
});

test("by opening it as somebody else, for what has not begun, or as if by itself", async () => {
  expect(await attack(s, (sql) => openReview(sql, s.max))).toBe("campaign_opened_by");
  const [first_day, last_day] = ["2100-01-01", "2100-03-31"];
  expect(await attack(s, (sql) => openReview(sql, cora, { first_day, last_day }))).toBe(
    "campaign_not_begun",
  );
  expect(await attack(s, (sql) => openReview(sql, cora, { opened_by: null }))).toBe(
    "campaign_by_itself",
  );
});

test("by a grant that is under way: the opening waits for it", async () => {
  const granting = await opened(s.owner);
  await giveRole(granting.sql, s.mia, "admin");
  const opening = await opened(s.runtime);
  const outcome = opening.race((sql) => review(sql, cora, s.max));
  await waits(s.owner, opening);
  await granting.commit();
  expect(await outcome).toBe("won");
  const { rows } = await s.owner.query(
    `select count(*)::integer as n from review_items where staff_id = $1 and role = 'admin'
       and campaign_id = (select id from campaigns order by opened_at desc limit 1)`,
    [s.mia],
  );
  expect(rows).toEqual([{ n: 1 }]);
});

test("by opening one quarter twice, both by themselves", async () => {
  const { rows } = await s.owner.query(`select (q - interval '3 months')::date::text as first_day,
    (q - interval '1 day')::date::text as last_day from date_trunc('quarter', clock_timestamp() at time zone 'UTC') q`);
  const byItself = async (sql: Sql, actor?: string) => {
    const id = newId();
    const entryId = await entry(sql, "review.opened", { actor, body: { campaign_id: id } });
    const r = await openReview(sql, cora, {
      ...{ ...rows[0], id, opened_by: null },
      opened_entry_id: entryId,
    });
    await addItems(sql, { ...r, id, entryId }, s.max);
    await giveOut(sql, { ...r, id, entryId });
  };
  expect(await attack(s, (sql) => byItself(sql, cora))).toBe("campaign_by_itself");
  await s.commit((sql) => byItself(sql));
  expect(await attack(s, (sql) => byItself(sql))).toBe("campaigns_by_itself");
});
