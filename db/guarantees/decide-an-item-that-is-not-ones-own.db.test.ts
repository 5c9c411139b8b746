import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { decide, follow, itemOf, leave, openReview, revoke, take } from "#db/testing/review.ts";
import { except, handOn } from "#db/testing/reviews.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Sql } from "#db/testing/sql.ts";

const s = await scene();
const compliance = await hire(s.owner, "cora", ["compliance"]);
const boss = await hire(s.owner, "boss", ["manager"]);
await s.owner.query("update staff set manager_id = $1 where id = $2", [boss, s.max]);
const reviewers = {
  [s.ana]: s.max,
  [s.ben]: s.max,
  [s.moe]: s.max,
  [s.mia]: s.max,
  [compliance]: s.max,
};
const review = await openReview(s, reviewers);
const ana = await itemOf(s.owner, review, s.ana, "agent");
const ben = await itemOf(s.owner, review, s.ben, "agent");
const mia = await itemOf(s.owner, review, s.mia, "manager");
const cora = await itemOf(s.owner, review, compliance, "compliance");

const tried = (run: (sql: Sql) => Promise<unknown>) => attack(s, run);

test("only the reviewer decides, as what they are now", async () => {
  expect(await tried((sql) => decide(sql, ana, { decided_by: s.mia }))).toBe("review_not_reviewer");
  expect(await tried((sql) => decide(sql, ana, { decided_as: "admin" }))).toBe(
    "review_reviewer_role",
  );
  expect(await tried((sql) => decide(sql, ana, { decided_as: "compliance" }))).toBe(
    "review_reviewer_role",
  );
});

test("nobody decides on whom they report to, nor on a right that they gave, whoever gave out the item", async () => {
  const theirs = await openReview(s, { ...reviewers, [boss]: s.mia });
  const of = await itemOf(s.owner, theirs, boss, "manager");
  await s.owner.query("update staff set manager_id = $1 where id = $2", [boss, s.mia]);
  expect(await tried((sql) => decide(sql, of))).toBe("review_conflict");
  await s.owner.query("update staff set manager_id = null where id = $1", [s.mia]);
  const given = "update staff_roles set granted_by = $1 where id = $2";
  await s.owner.query(given, [s.max, ben.grant]);
  expect(await tried((sql) => decide(sql, ben))).toBe("review_conflict");
  await s.owner.query(given, [null, ben.grant]);
});

test("who lost the role meanwhile decides nothing", async () => {
  const gone = await hire(s.owner, "gone", ["manager"]);
  const theirs = await openReview(s, { [s.ana]: gone });
  const of = await itemOf(s.owner, theirs, s.ana, "agent");
  await takeRole(s.owner, gone, "manager");
  expect(await tried((sql) => decide(sql, of))).toBe("review_reviewer_role");
});

test("nor whoever was deactivated, or handed it on", async () => {
  const away = await hire(s.owner, "away", ["manager"]);
  const theirs = await openReview(s, { [s.ana]: away, [s.ben]: away });
  const [of, other] = [
    await itemOf(s.owner, theirs, s.ana, "agent"),
    await itemOf(s.owner, theirs, s.ben, "agent"),
  ];
  await s.commit((sql) => handOn(sql, other.id, away, s.mia));
  expect(await tried((sql) => decide(sql, other))).toBe("review_not_reviewer");
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [away],
  );
  expect(await tried((sql) => decide(sql, of))).toBe("review_reviewer_role");
});

test("by a sign-in that there was not, or longer ago than it says", async () => {
  await insert(s.runtime, "staff_sign_ins", { id: newId(), staff_id: s.max });
  const { rows } = await s.owner.query<{ how: string }>(
    "update staff_sign_ins set auth_time = now() - interval '1 hour' where staff_id = $1 returning how",
    [s.max],
  );
  const sign_in_how = rows[0]?.how;
  const lies = [
    { sign_in_how: "issuer", sign_in_age: 3600 },
    { sign_in_how, sign_in_age: 0 },
    { sign_in_how, sign_in_age: 7200 },
    { sign_in_how },
  ];
  for (const lie of lies)
    expect(await tried((sql) => decide(sql, ana, lie)), JSON.stringify(lie)).toBe("review_sign_in");
  await s.commit((sql) => decide(sql, mia, { sign_in_how, sign_in_age: 3600 }));
});

test("privileged items are not decided in bulk", async () => {
  expect(await tried((sql) => decide(sql, ana, { in_bulk: true }))).toBe("review_bulk_privileged");
  expect(await tried((sql) => decide(sql, mia, { in_bulk: true }))).toBe("review_bulk_privileged");
});

test("who does not act is not changed to looking only", async () => {
  expect(await tried((sql) => decide(sql, cora, { decision: "change" }))).toBe(
    "review_change_not_offered",
  );
});

test("the entry names who decided, the item and the decision", async () => {
  expect(await tried((sql) => decide(sql, ana, { body: { item_id: ben.id } }))).toBe(
    "review_entry_of_item",
  );
  expect(await tried((sql) => decide(sql, ana, { body: { decision: "revoke" } }))).toBe(
    "review_entry_says_else",
  );
});

test("a decision to revoke takes the right in its own transaction", async () => {
  expect(await tried((sql) => decide(sql, ana, { decision: "revoke" }))).toBe(
    "review_not_carried_out",
  );
  const untold = async (sql: Sql) => take(sql, await decide(sql, ana, { decision: "revoke" }));
  expect(await tried(untold)).toBe("review_not_carried_out");
  const narrowed = async (sql: Sql) => {
    const decision = await decide(sql, ana, { decision: "change" });
    await take(sql, decision);
    await follow(sql, decision);
  };
  expect(await tried(narrowed)).toBe("review_not_carried_out");
});

test("it takes no other right, and no other item's", async () => {
  const other = async (sql: Sql) =>
    take(sql, await decide(sql, ana, { decision: "revoke" }), ben.grant);
  expect(await tried(other)).toBe("staff_change_without_decision");
  const kept = async (sql: Sql) => take(sql, await decide(sql, ana));
  expect(await tried(kept)).toBe("staff_change_without_decision");
  const moe = await itemOf(s.owner, review, s.moe, "agent");
  const manager = await itemOf(s.owner, review, s.moe, "manager");
  const second = async (sql: Sql) =>
    take(sql, await decide(sql, moe, { decision: "revoke" }), manager.grant);
  expect(await tried(second)).toBe("staff_change_without_decision");
});

test("it gives nothing but looking, where it took acting", async () => {
  const given = (decision: "change" | "revoke", more: object) => async (sql: Sql) => {
    const decided = await decide(sql, ana, { decision });
    await take(sql, decided);
    await leave(sql, decided, { ...more });
  };
  expect(await tried(given("revoke", {}))).toBe("staff_change_without_decision");
  expect(await tried(given("change", { looking_only: false }))).toBe(
    "staff_change_without_decision",
  );
  expect(await tried(given("change", { role: "manager", looking_only: false }))).toBe(
    "staff_change_without_decision",
  );
  expect(await tried(given("change", { staff_id: s.max }))).toBe("staff_change_without_decision");
  const first = async (sql: Sql) => leave(sql, await decide(sql, ana, { decision: "change" }));
  expect(await tried(first)).toBe("staff_change_without_decision");
});

test("not by a decision of an earlier transaction", async () => {
  const theirs = await openReview(s, reviewers);
  const of = await itemOf(s.owner, theirs, s.ana, "agent");
  const decided = await s.commit((sql) => decide(sql, of));
  expect(await tried((sql) => take(sql, decided))).toBe("staff_change_without_decision");
});

test("policy revokes only what nobody decided, when compliance closes", async () => {
  const policy = { decided_by: null, decided_as: null };
  expect(await tried((sql) => decide(sql, ana, policy))).toBe("review_policy_revokes");
  const by =
    (closing_by: string, of = ana) =>
    async (sql: Sql) => {
      const decided = await decide(sql, of, {
        ...policy,
        decision: "revoke",
        body: { closing_by },
      });
      await take(sql, decided);
      await follow(sql, decided);
    };
  expect(await tried(by(compliance))).toBe("review_not_due");
  const theirs = await openReview(s, { ...reviewers, [s.ana]: compliance }, -1);
  const late = await itemOf(s.owner, theirs, s.moe, "manager");
  expect(await tried(by(s.max, late))).toBe("review_policy_closer");
  const of = await itemOf(s.owner, theirs, s.ana, "agent");
  await s.commit((sql) => decide(sql, of, { decided_as: "compliance" }));
  const rest = await itemOf(s.owner, theirs, s.ben, "agent");
  const closing = async (sql: Sql) => {
    const decided = await decide(sql, rest, {
      ...policy,
      decision: "revoke",
      body: { closing_by: compliance },
    });
    await take(sql, decided);
    await follow(sql, decided);
  };
  expect(await tried(closing)).toBe("review_policy_closer");
});

test("nobody takes the right of the last active admin, also of two in one transaction", async () => {
  const [first, second] = [
    await hire(s.owner, "first", ["admin"]),
    await hire(s.owner, "second", ["admin"]),
  ];
  const theirs = await openReview(s, { [first]: s.max, [second]: s.max });
  const [one, other] = [
    await itemOf(s.owner, theirs, first, "admin"),
    await itemOf(s.owner, theirs, second, "admin"),
  ];
  const both = async (sql: Sql) => {
    const decisions = [
      await decide(sql, one, { decision: "revoke" }),
      await decide(sql, other, { decision: "revoke" }),
    ];
    for (const decided of decisions) await take(sql, decided);
  };
  expect(await tried(both)).toBe("review_last_admin");
  await s.commit((sql) => revoke(sql, one));
  expect(await tried((sql) => revoke(sql, other))).toBe("review_last_admin");
  // By rule they are excepted when a late review is closed, and not without that.
  const late = await itemOf(s.owner, await openReview(s, { [second]: s.max }, -1), second, "admin");
  const byRule = (sql: Sql) => except(sql, late.id, compliance, s.mia, { kind: "rule" });
  expect(await tried(byRule)).toBe("review_exception_rule");
});

test("what was excepted, or taken meanwhile, is not decided", async () => {
  const kate = await s.agent("kate");
  const theirs = await openReview(s, { [kate]: s.max });
  const of = await itemOf(s.owner, theirs, kate, "agent");
  await takeRole(s.owner, kate, "agent");
  for (const decision of ["keep", "change", "revoke"])
    expect(await tried((sql) => decide(sql, of, { decision }))).toBe("review_grant_gone");
});

test("a decision is never changed, and what was carried out is not decided again", async () => {
  const lena = await s.agent("lena");
  const theirs = await openReview(s, { [lena]: s.max });
  const of = await itemOf(s.owner, theirs, lena, "agent");
  await s.commit((sql) => decide(sql, of));
  await s.commit((sql) => decide(sql, of, { justification: "Thought about it once more" }));
  await s.commit((sql) => revoke(sql, of));
  expect(await tried((sql) => decide(sql, of))).toBe("review_carried_out");
  expect(
    await tried((sql) => sql.query("update review_decisions set justification = 'Something else'")),
  ).toBe("42501");
  expect(
    await tried((sql) => sql.query("update review_items set decision = null, decision_id = null")),
  ).toBe("42501");
  const { rows } = await s.owner.query(
    "select i.decision, g.revoked_by from review_items i join staff_roles g on g.id = i.grant_id where i.id = $1",
    [of.id],
  );
  expect(rows).toEqual([{ decision: "revoke", revoked_by: s.max }]);
});
