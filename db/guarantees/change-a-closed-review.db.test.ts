import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { attack } from "#db/testing/attack.ts";
import { daysAway } from "#db/testing/days.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { closeReview, except, handOn, itemOf, review } from "#db/testing/reviews.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql } from "#db/testing/sql.ts";

const s = await scene();
const cora = await hire(s.owner, "cora", ["compliance"]);
const clem = await hire(s.owner, "clem", ["compliance"]);
const r = await s.commit((sql) => review(sql, cora, s.max));
const items: string[] = (
  await s.owner.query("select id from review_items where campaign_id = $1", [r.id])
).rows.map((row) => row.id);

const ofReview = { campaign_id: r.id };
const today = daysAway(0);

const decide = async (sql: Sql, item: string, by: string, decision = "keep") => {
  const about = { actor: by, body: { item_id: item } };
  const entry_id = await s.commit((other) => entry(other, "review.decided", about));
  await insert(sql, "review_decisions", {
    ...{ id: newId(), item_id: item, decision, decided_by: by, decided_as: "manager", entry_id },
    ...{ justification: "Still on the team", conflict_check: "None" },
  });
};
const correct = async (sql: Sql, more: Row = {}) =>
  insert(sql, "review_corrections", {
    ...{ id: newId(), campaign_id: r.id, made_by: cora, correction: "The manager was another." },
    ...{ entry_id: await corrected(sql, more), ...more },
  });
const corrected = async (sql: Sql, { made_by = cora, item_id = null }: Row = {}) => {
  const { rows } = await sql.query("select closed_entry_id from campaigns where id = $1", [r.id]);
  const body = { campaign_id: r.id, corrects: rows[0].closed_entry_id, item_id };
  return entry(sql, "review.corrected", { actor: String(made_by), body });
};
const compare = async (sql: Sql, more: Row = {}) =>
  insert(sql, "roster_comparisons", {
    ...{ id: newId(), campaign_id: r.id, source: "csv", sha256: "", lines: 0, in_both: 0 },
    ...{ only_in_roster: "[]", only_in_panel: "[]", differ: "[]", compared_by: cora },
    ...{ entry_id: await entry(sql, "review.compared", { actor: cora, body: ofReview }), ...more },
  });
const remind = async (sql: Sql, more: Row = {}) =>
  insert(sql, "review_reminders", {
    ...{ campaign_id: r.id, reviewer_id: s.max, day: today, kind: "weekly", open: 1 },
    ...{
      sent_by: cora,
      entry_id: await entry(sql, "review.reminded", { actor: cora, body: ofReview }),
      ...more,
    },
  });

test("closing it while something is undecided", async () => {
  expect(await attack(s, (sql) => closeReview(sql, r, cora))).toBe("campaign_undecided");
});

test("an exception without compliance, on one's own account, or for ever", async () => {
  const of = await itemOf(s.owner, r, s.ben);
  expect(await attack(s, (sql) => except(sql, of, s.max, s.mia))).toBe("review_by_compliance");
  expect(await attack(s, (sql) => except(sql, of, cora, s.ben))).toBe("review_exception_owner");
  const expires_on = "2100-01-01";
  expect(await attack(s, (sql) => except(sql, of, cora, s.mia, { expires_on }))).toBe(
    "review_exception_expiry",
  );
});

test("an exception for oneself, on the account of who makes it, or where the policy revokes", async () => {
  const own = await itemOf(s.owner, r, cora, "compliance");
  const of = await itemOf(s.owner, r, s.ben);
  expect(await attack(s, (sql) => except(sql, own, cora, s.mia))).toBe("review_exception_conflict");
  expect(await attack(s, (sql) => except(sql, of, cora, cora))).toBe("review_exception_owner");
  expect(await attack(s, (sql) => except(sql, of, cora, s.mia))).toBe("review_exception_policy");
});

test("an exception as if by rule: before it is late, or without closing", async () => {
  const of = await itemOf(s.owner, r, s.ben);
  const byRule = (sql: Sql) => except(sql, of, cora, s.mia, { kind: "rule" });
  expect(await attack(s, byRule)).toBe("review_not_due");
  expect(await attack(s, (sql) => except(sql, of, cora, s.mia, { kind: "unproved" }))).toBe(
    "review_item_decided",
  );
});

test("a correction of what is not closed", async () => {
  expect(await attack(s, (sql) => correct(sql))).toBe("review_correction_open");
});

test("two reminders of one reviewer on a day", async () => {
  await s.commit((sql) => remind(sql));
  expect(await attack(s, (sql) => remind(sql))).toBe("review_reminders_once");
});

test("changing its period, its query or its counts", async () => {
  expect(await attack(s, (sql) => sql.query("update campaigns set due_at = now()"))).toBe("42501");
  for (const set of ["query = 'select'", "counts = '{}'"])
    expect(await attack(s, (sql) => sql.query(`update campaigns set ${set}`))).toBe(
      "campaign_frozen",
    );
});

test("closing what one reviewed, as somebody else, without a statement or its entry", async () => {
  const body = { ...policy14, reviews: { undecided: "exception" } };
  await insert(s.owner, "policy_versions", { version: 15, body });
  const since = await hire(s.owner, "since", ["compliance"]);
  await s.commit(async (sql) => {
    for (const item of items) await except(sql, item, since, await aManager(item));
  });
  expect(await attack(s, (sql) => closeReview(sql, r, since))).toBe("campaign_closer_excepted");
  // What a decision needs beside is for its own guards.
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "review_decisions", async () => {
      const other = items[0] ?? "";
      await decide(sql, other, clem);
    }),
  );
  expect(await attack(s, (sql) => closeReview(sql, r, clem))).toBe("campaign_closer_decided");
  expect(await attack(s, (sql) => closeReview(sql, r, s.max))).toBe("campaign_closed_by");
  expect(await attack(s, (sql) => closeReview(sql, r, cora, { statement: "Fine." }))).toBe(
    "campaigns_statement_length",
  );
  expect(
    await attack(s, async (sql) =>
      closeReview(sql, r, cora, {
        closed_entry_id: await entry(sql, "review.closed", { actor: clem }),
      }),
    ),
  ).toBe("change_without_entry");
  const closedBy = (body: Row) =>
    attack(s, async (sql) =>
      closeReview(sql, r, cora, {
        closed_entry_id: await entry(sql, "review.closed", { actor: cora, body }),
      }),
    );
  expect(await closedBy({ campaign_id: newId() })).toBe("review_entry_of_campaign");
  expect(await closedBy({ ...ofReview, statement: "I looked at nothing of it." })).toBe(
    "review_entry_says_else",
  );
});

const aManager = async (item: string) => {
  const { rows } = await s.owner.query("select staff_id from review_items where id = $1", [item]);
  return rows[0].staff_id === s.max ? s.mia : s.max;
};

test("once it is closed nothing of it changes", async () => {
  await s.commit((sql) => closeReview(sql, r, cora));
  const of = await itemOf(s.owner, r, s.ben);
  const changes: ((sql: Sql) => Promise<unknown>)[] = [
    (sql) => closeReview(sql, r, cora),
    (sql) =>
      sql.query(
        "update campaigns set status = 'open', closed_at = null, closed_by = null, statement = null, closed_entry_id = null",
      ),
    (sql) => handOn(sql, of, cora, s.mia),
    (sql) => except(sql, of, cora, s.mia),
    (sql) => compare(sql),
    (sql) => remind(sql, { day: "2100-01-01" }),
  ];
  for (const change of changes) expect(await attack(s, change)).toBe("campaign_closed");
  const ofTheOwner: ((sql: Sql) => Promise<unknown>)[] = [
    (sql) => decide(sql, of, s.max),
    (sql) => sql.query("update review_items set remediated_at = clock_timestamp()"),
    (sql) => sql.query("update campaigns set statement = 'Nobody decided anything here.'"),
    async (sql) =>
      insert(sql, "review_looks", {
        ...{ id: newId(), item_id: of, reader_id: s.max },
        entry_id: await entry(sql, "review.looked", { actor: s.max }),
      }),
  ];
  for (const change of ofTheOwner)
    await expect(inTransaction(s.owner, change)).rejects.toMatchObject({
      constraint: "campaign_closed",
    });
});

test("nor is anything of it deleted or emptied", async () => {
  for (const table of [
    "campaigns",
    "review_items",
    "review_assignments",
    "review_decisions",
    "review_remediations",
    "review_exceptions",
    "review_looks",
    "review_samples",
    "review_reminders",
    "roster_comparisons",
    "review_corrections",
  ])
    for (const statement of [`delete from ${table}`, `truncate ${table} cascade`])
      expect(await attack(s, (sql) => sql.query(statement)), statement).toBe("42501");
});

test("a correction stands beside it, by compliance and with its entry", async () => {
  expect(await attack(s, (sql) => correct(sql, { made_by: s.max }))).toBe("review_by_compliance");
  expect(
    await attack(s, async (sql) =>
      correct(sql, { entry_id: await entry(sql, "review.corrected", { actor: clem }) }),
    ),
  ).toBe("change_without_entry");
  const of = await itemOf(s.owner, r, s.ben);
  await s.commit((sql) => correct(sql, { item_id: of }));
  await s.commit((sql) => correct(sql, { item_id: of, correction: "It was right after all." }));
  const { rows } = await s.owner.query("select count(*)::integer as n from review_corrections");
  expect(rows).toEqual([{ n: 2 }]);
});

test("a correction of what is about oneself, or of what one decided", async () => {
  const own = await itemOf(s.owner, r, cora, "compliance");
  expect(await attack(s, (sql) => correct(sql, { item_id: own }))).toBe("review_correction_own");
  const decided = { item_id: items[0], made_by: clem };
  expect(await attack(s, (sql) => correct(sql, decided))).toBe("review_correction_own");
});

test("a correction that is not linked with the sign-off, or says else than its entry", async () => {
  const of = await itemOf(s.owner, r, s.ben);
  const linked = { campaign_id: r.id, corrects: await closingOf(), item_id: of };
  const lies: Row[] = [
    { ...linked, corrects: newId() },
    { ...linked, item_id: items.find((item) => item !== of) },
    { ...linked, correction: "Nothing was wrong with it." },
  ];
  for (const body of lies)
    expect(
      await attack(s, async (sql) =>
        correct(sql, {
          item_id: of,
          entry_id: await entry(sql, "review.corrected", { actor: cora, body }),
        }),
      ),
    ).toBe("review_entry_says_else");
});

const closingOf = async (): Promise<string> =>
  (await s.owner.query("select closed_entry_id from campaigns where id = $1", [r.id])).rows[0]
    .closed_entry_id;
