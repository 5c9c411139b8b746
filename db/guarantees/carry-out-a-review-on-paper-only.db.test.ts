import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { decide, follow, type Item, itemOf, openReview, revoke } from "#db/testing/review.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql, update } from "#db/testing/sql.ts";

const s = await scene();
const cora = await hire(s.owner, "cora", ["compliance"]);
const review = await openReview(s, { [s.ana]: s.max, [s.ben]: s.max, [s.moe]: s.max });
const ana = await itemOf(s.owner, review, s.ana, "agent");
const ben = await itemOf(s.owner, review, s.ben, "agent");
const moe = await itemOf(s.owner, review, s.moe, "agent");
const [ofAna, ofBen] = [
  await s.commit((sql) => revoke(sql, ana)),
  await s.commit((sql) => revoke(sql, ben)),
];

const tried = [{ what: "Asked to look as a customer", outcome: "refused" }];
const prove = async (sql: Sql, item: Item, id: string, body: Row = {}, actor?: string) => {
  const result = body.result ?? "refused";
  const said = { item_id: item.id, remediation: id, result, tried, ...body };
  const verified_entry_id = await entry(sql, "review.access_tried", { actor, body: said });
  const how = { verified_how: "Tried it", verified_at: new Date() };
  await update(sql, "review_remediations", id, { result, verified_entry_id, ...how });
};
const remediatedAt = async ({ id }: Item): Promise<Date | null> => {
  const { rows } = await s.owner.query("select remediated_at from review_items where id = $1", [
    id,
  ]);
  return rows[0].remediated_at;
};

test("by a try of something else, that tried nothing, or that went through", async () => {
  const lies: Row[] = [
    { item_id: ben.id },
    { remediation: ofBen },
    { tried: [] },
    { tried: null },
    { tried: [...tried, { what: "Started", outcome: "possible" }] },
    { tried: [{ what: "Started", outcome: "unclear" }] },
  ];
  for (const body of lies)
    expect(await attack(s, (sql) => prove(sql, ana, ofAna, body)), JSON.stringify(body)).toBe(
      "review_entry_says_else",
    );
  const other = async (sql: Sql) => {
    await prove(sql, ana, ofAna, { result: "still_possible" });
    await update(sql, "review_remediations", ofAna, { result: "refused" });
  };
  expect(await attack(s, other)).toBe("review_entry_says_else");
});

test("by somebody who says that they tried it themselves", async () => {
  for (const actor of [s.ana, s.max, cora])
    expect(await attack(s, (sql) => prove(sql, ana, ofAna, {}, actor))).toBe(
      "review_entry_says_else",
    );
});

test("by one try for two of them", async () => {
  const both = async (sql: Sql) => {
    await prove(sql, ana, ofAna);
    await sql.query(
      `update review_remediations r set result = o.result, verified_how = o.verified_how, verified_at = o.verified_at,
         verified_entry_id = o.verified_entry_id from review_remediations o where r.id = $1 and o.id = $2`,
      [ofBen, ofAna],
    );
  };
  expect(await attack(s, both)).toBe("review_entry_says_else");
});

test("by giving it anew: that is no refusal, and only a refusal makes it done", async () => {
  const grant = newId();
  await inTransaction(s.owner, async (sql) => {
    const granted_entry_id = await entry(sql, "role.granted", { body: { person: s.ana } });
    const at = { granted_at: new Date(Date.now() + 1000), granted_entry_id };
    await insert(sql, "staff_roles", { id: grant, staff_id: s.ana, role: "agent", ...at });
  });
  await s.commit((sql) => prove(sql, ana, ofAna, { result: "given_anew", tried: [] }));
  expect(await remediatedAt(ana)).toBeNull();
  expect(await attack(s, (sql) => prove(sql, ana, ofAna))).toBe("review_still_possible");
  await s.owner.query(
    "update staff_roles set revoked_at = granted_at + interval '1 second' where id = $1",
    [grant],
  );
  await s.commit((sql) => prove(sql, ana, ofAna));
  expect(await remediatedAt(ana)).not.toBeNull();
});

const set = async (sql: Sql, more: Row = {}, by: string = s.max, item = ben) => {
  const { rows } = await sql.query("select decision_id from review_items where id = $1", [item.id]);
  const decision = { id: rows[0]?.decision_id, item, decision: "revoke", by: s.max };
  return follow(sql, decision, {
    ...{ kind: "outside", owner_id: s.mia, due_on: "2099-01-01" },
    entry_id: await entry(sql, "review.task_set", { actor: by, body: { item_id: item.id } }),
    ...more,
  });
};

test("by a task that is the person's own to set, due before it was set, or nobody's who works here", async () => {
  for (const by of [s.ben, s.ana, s.mia])
    expect(await attack(s, (sql) => set(sql, {}, by))).toBe("review_task_set_by");
  expect(await attack(s, (sql) => set(sql, { due_on: "2020-01-01" }))).toBe("review_task_due");
  const left = await hire(s.owner, "left", []);
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [left],
  );
  const robot = await hire(s.owner, "robot", []);
  await s.owner.query("update staff set kind = 'service' where id = $1", [robot]);
  for (const owner_id of [left, robot])
    expect(await attack(s, (sql) => set(sql, { owner_id }))).toBe("review_task_owner_works_here");
  const elsewhere = async (sql: Sql) =>
    set(sql, {
      entry_id: await entry(sql, "review.task_set", { actor: s.max, body: { item_id: ana.id } }),
    });
  expect(await attack(s, elsewhere)).toBe("review_entry_of_item");
  const kept = async (sql: Sql) => {
    await decide(sql, moe);
    await set(sql, {}, s.max, moe);
  };
  expect(await attack(s, kept)).toBe("review_remediation_decision");
});

test("by a task that nobody looked at, or somebody whose matter it is not", async () => {
  const task = await s.commit((sql) => set(sql));
  await s.commit(async (sql) => {
    await entry(sql, "review.task_checked", { actor: s.mia, body: { task } });
    await update(sql, "review_remediations", task, { done_by: s.mia, done_at: new Date() });
  });
  const check = async (sql: Sql, actor: string | undefined, more: Row = {}) => {
    const body = { item_id: ben.id, task, result: "refused", ...more };
    await update(sql, "review_remediations", task, {
      ...{ result: "refused", verified_how: "Looked at the group", verified_at: new Date() },
      verified_entry_id: await entry(sql, "review.task_checked", { actor, body }),
    });
  };
  for (const by of [undefined, s.moe, s.ana, s.ben, s.mia])
    expect(await attack(s, (sql) => check(sql, by))).toBe("review_task_checked_by_owner");
  for (const lie of [{ task: ofBen }, { item_id: ana.id }, { result: "still_possible" }])
    expect(await attack(s, (sql) => check(sql, s.max, lie))).toBe("review_entry_says_else");
  await s.commit((sql) => check(sql, cora));
});
