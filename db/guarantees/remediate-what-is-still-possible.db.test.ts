import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { giveRole, hire } from "#db/testing/people.ts";
import { decide, follow, itemOf, openReview, revoke, take } from "#db/testing/review.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql, update } from "#db/testing/sql.ts";
import type { AuditEvent } from "#lib/vocabulary.ts";

const s = await scene();
const cora = await hire(s.owner, "cora", ["compliance"]);
const review = await openReview(s, { [s.ana]: s.max, [s.ben]: s.max });
const ana = await itemOf(s.owner, review, s.ana, "agent");
const ben = await itemOf(s.owner, review, s.ben, "agent");
const remediation = await s.commit((sql) => revoke(sql, ana));

const verify = async (sql: Sql, id: string, event: AuditEvent, more: Row = {}, actor?: string) => {
  const result = more.result ?? "refused";
  const about = { item_id: ana.id, remediation: id, task: id };
  const body = { ...about, result, tried: [{ what: "Asked to look", outcome: "refused" }] };
  await update(sql, "review_remediations", id, {
    ...{ result, verified_how: "Tried it", verified_at: new Date() },
    verified_entry_id: await entry(sql, event, { actor, body }),
    ...more,
  });
};

test("only a try that is on record proves it, and not while the right is held", async () => {
  const silent = (sql: Sql) =>
    verify(sql, remediation, "review.access_tried", { verified_entry_id: null });
  expect(await attack(s, silent)).toBe("change_without_entry");
  expect(await attack(s, (sql) => verify(sql, remediation, "review.decided"))).toBe(
    "change_without_entry",
  );
  expect(
    await attack(s, (sql) =>
      sql.query("update review_items set remediated_at = now() where id = $1", [ana.id]),
    ),
  ).toBe("42501");
  await giveRole(s.owner, s.ana, "agent", "1 second");
  expect(await attack(s, (sql) => verify(sql, remediation, "review.access_tried"))).toBe(
    "review_still_possible",
  );
  // Nobody gave it on record.
  expect(
    await attack(s, (sql) =>
      verify(sql, remediation, "review.access_tried", { result: "given_anew" }),
    ),
  ).toBe("review_not_given_anew");
  const { rows } = await s.owner.query("select remediated_at from review_items where id = $1", [
    ana.id,
  ]);
  expect(rows).toEqual([{ remediated_at: null }]);
  await s.owner.query(
    "update staff_roles set revoked_at = clock_timestamp() where staff_id = $1 and revoked_at is null",
    [s.ana],
  );
  await s.commit((sql) => verify(sql, remediation, "review.access_tried"));
  expect(
    await attack(s, (sql) =>
      verify(sql, remediation, "review.access_tried", { result: "still_possible" }),
    ),
  ).toBe("review_remediation_frozen");
});

test("what follows belongs to its decision, and begins undone", async () => {
  const wrong = (more: Row) => async (sql: Sql) => {
    const decision = await decide(sql, ben, { decision: "revoke" });
    await take(sql, decision);
    await follow(sql, decision, more);
  };
  expect(await attack(s, wrong({ kind: "looking_only" }))).toBe("review_remediation_decision");
  expect(await attack(s, wrong({ item_id: ana.id }))).toBe("review_remediation_decision");
  expect(
    await attack(
      s,
      wrong({
        result: "refused",
        verified_how: "x",
        verified_at: new Date(),
        verified_entry_id: ana.id,
      }),
    ),
  ).toBe("review_remediation_starts_open");
  const kept = async (sql: Sql) => follow(sql, await decide(sql, ben), { kind: "role_revoked" });
  expect(await attack(s, kept)).toBe("review_remediation_decision");
});

test("a task outside is done by its owner and looked at by somebody else", async () => {
  const set = async (sql: Sql, owner: string) => {
    const { rows } = await sql.query("select decision_id from review_items where id = $1", [
      ana.id,
    ]);
    return follow(
      sql,
      { id: rows[0]?.decision_id, item: ana, decision: "revoke", by: s.max },
      {
        ...{ kind: "outside", owner_id: owner, due_on: "2099-01-01" },
        entry_id: await entry(sql, "review.task_set", { actor: s.max, body: { item_id: ana.id } }),
      },
    );
  };
  expect(await attack(s, (sql) => set(sql, s.ana))).toBe("review_task_own");
  const task = await s.commit((sql) => set(sql, s.mia));
  const done = async (sql: Sql, by: string, actor = by) => {
    await entry(sql, "review.task_checked", { actor });
    await update(sql, "review_remediations", task, { done_by: by, done_at: new Date() });
  };
  expect(await attack(s, (sql) => verify(sql, task, "review.task_checked", {}, cora))).toBe(
    "review_task_checked_by_owner",
  );
  expect(await attack(s, (sql) => done(sql, s.max))).toBe("review_task_owner");
  expect(await attack(s, (sql) => done(sql, s.mia, s.max))).toBe("review_task_owner");
  await s.commit((sql) => done(sql, s.mia));
  expect(await attack(s, (sql) => verify(sql, task, "review.task_checked", {}, s.mia))).toBe(
    "review_task_checked_by_owner",
  );
  const before = await s.owner.query("select remediated_at from review_items where id = $1", [
    ana.id,
  ]);
  expect(before.rows).toEqual([{ remediated_at: null }]);
  await s.commit((sql) => verify(sql, task, "review.task_checked", {}, cora));
  const after = await s.owner.query(
    "select remediated_at is not null as yes from review_items where id = $1",
    [ana.id],
  );
  expect(after.rows).toEqual([{ yes: true }]);
});

test("a look is on record by whoever looked, and stays", async () => {
  const look = async (sql: Sql, more: Row = {}, actor = s.max) =>
    insert(sql, "review_looks", {
      ...{ id: crypto.randomUUID(), item_id: ben.id, reader_id: s.max },
      entry_id: await entry(sql, "review.looked", { actor, body: { item_id: ben.id } }),
      ...more,
    });
  expect(await attack(s, (sql) => look(sql, {}, s.mia))).toBe("change_without_entry");
  await s.commit((sql) => look(sql, { at: new Date(0) }));
  const { rows } = await s.owner.query(
    "select at > now() - interval '1 hour' as now from review_looks where item_id = $1",
    [ben.id],
  );
  expect(rows).toEqual([{ now: true }]);
  expect(await attack(s, (sql) => sql.query("delete from review_looks"))).toBe("42501");
});

test("only the reviewer marks a sampled session opened, once", async () => {
  const session = await s.live(s.ben);
  await s.owner.query("alter table review_samples disable trigger user");
  await insert(s.owner, "review_samples", {
    item_id: ben.id,
    session_id: session.id,
    why: "chance",
  });
  await s.owner.query("alter table review_samples enable trigger user");
  const { rows } = await s.owner.query(
    "select tgname from pg_trigger where tgrelid = 'review_samples'::regclass and not tgisinternal",
  );
  for (const { tgname } of rows)
    await s.owner.query(`alter table review_samples enable always trigger ${tgname}`);
  const open = async (sql: Sql, by: string) =>
    sql.query(
      "update review_samples set opened_at = 'epoch', opened_by = $1, opened_entry_id = $2 where item_id = $3",
      [by, await entry(sql, "review.sample_opened", { actor: by, session: session.id }), ben.id],
    );
  expect(await attack(s, (sql) => open(sql, s.mia))).toBe("review_not_reviewer");
  await s.commit((sql) => open(sql, s.max));
  expect(await attack(s, (sql) => open(sql, s.max))).toBe("review_sample_frozen");
});
