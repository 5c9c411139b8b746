import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { giveRole, hire } from "#db/testing/people.ts";
import {
  decide,
  follow,
  openReview as givenOut,
  itemOf as held,
  revoke,
} from "#db/testing/review.ts";
import {
  addItems,
  closeReview,
  except,
  giveOut,
  handOn,
  itemOf,
  openReview,
} from "#db/testing/reviews.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql, update } from "#db/testing/sql.ts";

const s = await scene();
const { owner } = s;
const cora = await hire(owner, "cora", ["compliance"]);
// Each with a second account, which is one person's with the first only once a review gave the items out.
const kim = await hire(owner, "kim", ["agent"]);
const kimLeads = await hire(owner, "kim leads", ["manager"]);
const kimComplies = await hire(owner, "kim complies", ["compliance"]);
const giver = await hire(owner, "giver", ["manager"]);
const giverToo = await hire(owner, "giver too", ["manager"]);
const given = await hire(owner, "given", []);
await giveRole(owner, given, "agent");
await owner.query("update staff_roles set granted_by = $1 where staff_id = $2", [giver, given]);
const below = await hire(owner, "below", ["manager"], { managerId: kim });
const miaComplies = await hire(owner, "mia complies", ["compliance"]);

const before = await givenOut(s, {
  ...{ [kim]: kimLeads, [given]: giverToo, [kimComplies]: below, [s.ana]: s.max },
  ...{ [s.ben]: s.mia, [kimLeads]: s.max },
});
const of = (person: string, role: "agent" | "manager" | "compliance" = "agent") =>
  held(owner, before, person, role);
const link = (account: string, person: string) =>
  owner.query("update staff set person_id = $2 where id = $1", [account, person]);
for (const [account, person] of [
  ...[kimLeads, kimComplies].map((one) => [one, kim]),
  [giverToo, giver],
  [miaComplies, s.mia],
])
  await link(String(account), String(person));
const ofKim = await of(kim);

test("one's own item, what one gave, or who one reports to, at the opening", async () => {
  const open = (reviewer: string, person: string) =>
    attack(s, async (sql) => {
      const review = await openReview(sql, cora);
      await addItems(sql, review, s.max, {
        more: {
          reviewer_id: `case when p.id = '${person}' then '${reviewer}'::uuid end`,
          reviewer_how: `case when p.id = '${person}' then 'other_manager' end`,
        },
      });
      await giveOut(sql, review);
    });
  expect(await open(kimLeads, kim)).toBe("review_items_not_ones_own");
  expect(await open(giverToo, given)).toBe("review_items_not_ones_grant");
  for (const account of [kimLeads, kimComplies])
    expect(await open(below, account)).toBe("review_reports_to");
});

test("the same, handed on", async () => {
  const hand = (item: { id: string }, to: string) =>
    attack(s, (sql) => handOn(sql, item.id, cora, to));
  expect(await hand(await of(kimLeads, "manager"), kimComplies)).toBe("review_items_not_ones_own");
  expect(await hand(await of(given), giver)).toBe("review_items_not_ones_grant");
  expect(await hand(await of(kimLeads, "manager"), below)).toBe("review_reports_to");
});

test("and decided, by who had the item before the two were known to be one", async () => {
  for (const item of [ofKim, await of(given), await of(kimComplies, "compliance")])
    expect(await attack(s, (sql) => decide(sql, item))).toBe("review_conflict");
});

test("by choosing who decides", async () => {
  for (const by of [kimLeads, kimComplies])
    expect(await attack(s, (sql) => handOn(sql, ofKim.id, by, s.mia))).toBe("review_handed_on_own");
});

test("by an exception, for oneself or on one's own account", async () => {
  const tried = (item: string, by: string, who: string) =>
    attack(s, (sql) => except(sql, item, by, who));
  expect(await tried(ofKim.id, kimComplies, s.mia)).toBe("review_exception_conflict");
  expect(await tried(ofKim.id, cora, kimLeads)).toBe("review_exception_owner");
  expect(await tried((await of(s.ana)).id, kimComplies, kimLeads)).toBe("review_exception_owner");
});

test("by what is to be done elsewhere", async () => {
  await s.commit((sql) => handOn(sql, ofKim.id, cora, s.max));
  const item = await of(kim);
  await s.commit((sql) => revoke(sql, item));
  const set = async (sql: Sql, whose: string, by: string) => {
    const { rows } = await sql.query("select decision_id as id from review_items where id = $1", [
      item.id,
    ]);
    const decision = { id: rows[0].id, item, decision: "revoke", by };
    return follow(sql, decision, {
      ...{ kind: "outside", owner_id: whose, due_on: "2099-01-01" },
      entry_id: await entry(sql, "review.task_set", { actor: by, body: { item_id: item.id } }),
    });
  };
  expect(await attack(s, (sql) => set(sql, kimLeads, s.max))).toBe("review_task_own");
  expect(await attack(s, (sql) => set(sql, s.mia, kimComplies))).toBe("review_task_set_by");
  const task = await s.commit((sql) => set(sql, s.mia, s.max));

  const giveOn = async (sql: Sql, by: string, to: string) =>
    insert(sql, "review_tasks_given_on", {
      ...{ id: newId(), task_id: task, from_id: s.mia, from_due_on: "2099-01-01", owner_id: to },
      ...{ due_on: "2099-02-01", reason: "Has left the company", given_by: by },
      entry_id: await entry(sql, "review.task_set", { actor: by, body: { item_id: item.id } }),
    });
  expect(await attack(s, (sql) => giveOn(sql, kimComplies, s.moe))).toBe("review_task_given_by");
  expect(await attack(s, (sql) => giveOn(sql, cora, kimLeads))).toBe("review_task_own");

  await s.commit(async (sql) => {
    await entry(sql, "review.task_checked", { actor: s.mia });
    await update(sql, "review_remediations", task, { done_by: s.mia, done_at: new Date() });
  });
  const look = async (sql: Sql, actor: string) => {
    const body = { item_id: item.id, task, result: "refused" };
    const verified_entry_id = await entry(sql, "review.task_checked", { actor, body });
    const how = { verified_how: "Looked", verified_at: new Date(), verified_entry_id };
    await update(sql, "review_remediations", task, { result: "refused", ...how });
  };
  for (const by of [miaComplies, kimComplies])
    expect(await attack(s, (sql) => look(sql, by))).toBe("review_task_checked_by_owner");
  await s.commit((sql) => look(sql, cora));
});

test("by closing what one decided through the other", async () => {
  await s.commit(async (sql) => decide(sql, await of(s.ben)));
  expect(
    await attack(s, (sql) => closeReview(sql, { id: before.id, entryId: "" }, miaComplies)),
  ).toBe("campaign_closer_decided");
  const other = await openByCora();
  await insertPolicy();
  await s.commit(async (sql) => except(sql, await itemOf(owner, other, s.ana), cora, s.max));
  const coraToo = await hire(owner, "cora too", ["compliance"]);
  await link(coraToo, cora);
  expect(await attack(s, (sql) => closeReview(sql, other, coraToo))).toBe(
    "campaign_closer_excepted",
  );
});

test("by a correction afterwards", async () => {
  const closedEntryId = await s.commit((sql) =>
    entry(sql, "review.closed", { actor: cora, body: { campaign_id: before.id } }),
  );
  await inTransaction(owner, (sql) =>
    restingTriggers(sql, "campaigns", () =>
      update(sql, "campaigns", before.id, {
        ...{ status: "closed", closed_at: new Date(), closed_by: cora },
        ...{ statement: "All of it was looked at by others.", closed_entry_id: closedEntryId },
      }),
    ),
  );
  const correct = async (sql: Sql, item: string, by: string) => {
    const body = { campaign_id: before.id, corrects: closedEntryId, item_id: item };
    await insert(sql, "review_corrections", {
      ...{ id: newId(), campaign_id: before.id, item_id: item, made_by: by },
      correction: "The manager was another.",
      entry_id: await entry(sql, "review.corrected", { actor: by, body }),
    });
  };
  expect(await attack(s, (sql) => correct(sql, ofKim.id, kimComplies))).toBe(
    "review_correction_own",
  );
  const decided = (await of(s.ben)).id;
  expect(await attack(s, (sql) => correct(sql, decided, miaComplies))).toBe(
    "review_correction_own",
  );
  await s.commit((sql) => correct(sql, decided, cora));
});

const openByCora = () =>
  s.commit(async (sql) => {
    const review = await openReview(sql, cora);
    await addItems(sql, review, s.moe, { more: { reviewer_id: "null", reviewer_how: "null" } });
    await giveOut(sql, review);
    return review;
  });
const insertPolicy = () =>
  insert(owner, "policy_versions", {
    version: 15,
    body: { reviews: { undecided: "exception", exceptionDays: 60 } } satisfies Row,
  });
