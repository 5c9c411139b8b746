import { describe, expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { type Item, itemOf, openReview, revoke } from "#db/testing/review.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { end } from "#lib/impersonation/end.ts";
import { readSessionPage } from "#lib/impersonation/queries.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Role } from "#lib/vocabulary.ts";
import { decideItem } from "./decide.ts";
import { exceptItem, readException } from "./except.ts";
import { giveTaskOn, readTasksGivenOn } from "./give-task-on.ts";
import { lookAtItem } from "./look.ts";
import { readOwnOpen } from "./own-open.ts";
import { readOwnTasks } from "./own-tasks.ts";
import { prove } from "./prove.ts";
import { openSample, readSample } from "./sample.ts";
import { checkTask, doneTask, readRemediations, setTask } from "./tasks.ts";

const s = await scene();
const work = await atWork(s);
const reviewsPolicy = {
  ...{ opensByItself: true, dueDays: 30, exceptionDays: 30, sampleShare: 0.1 },
  rushedDecisions: 40,
};
const sentence = "They are in the group support-eu of the issuer.";

async function person(name: string, roles: Role[], team = "EMEA support") {
  const id = await hire(s.owner, name, roles);
  await s.owner.query("update staff set team = $1 where id = $2", [team, id]);
  const signInId = newId();
  await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
  const email = `${name}@alongside.test`;
  const actor = { ...work.max.actor, id, name, email, roles, team, signInId };
  return { ...work.max, actor } satisfies Ctx<StaffActor>;
}
const cora = await person("cora", ["compliance"]);
const far = await person("far", ["manager"], "APAC support");

describe("a task outside", () => {
  it("keeps an item from being remediated until its owner did it and somebody else looked", async () => {
    const lee = await s.agent("lee");
    const review = await openReview(s, { [lee]: s.max });
    const item = await itemOf(s.owner, review, lee, "agent");
    const task = { itemId: item.id, what: sentence, ownerEmail: "mia@alongside.test" };
    const due = { ...task, dueOn: "2099-01-01" };
    expect(await setTask(work.max, due)).toMatchObject({ error: { code: "conflict" } });
    await s.commit((sql) => revoke(sql, item));
    expect(await setTask(work.mia, due)).toMatchObject({ error: { code: "not_found" } });
    expect(await setTask(work.max, { ...due, dueOn: "2020-01-01" })).toMatchObject({
      error: { fields: { dueOn: expect.any(String) } },
    });
    expect(await setTask(work.max, { ...due, ownerEmail: "lee@alongside.test" })).toMatchObject({
      error: { fields: { ownerEmail: expect.any(String) } },
    });
    const set = await setTask(work.max, due);
    if (!set.ok) throw new Error(set.error.message);
    const { taskId } = set.value;
    expect(await prove(work.worker, item.id)).toBe("refused");
    expect(await isRemediated(item)).toBe(false);
    const found = { taskId, result: "refused" as const, how: "Looked at the group: not there." };
    expect(await checkTask(work.max, found)).toMatchObject({ error: { code: "conflict" } });
    expect(await doneTask(work.max, { taskId })).toMatchObject({ error: { code: "not_found" } });
    expect(await readOwnTasks(work.mia.db, s.mia)).toMatchObject([{ id: taskId, name: "lee" }]);
    expect(await readOwnOpen(work.mia)).toEqual({ items: 0, tasks: 1 });
    expect(await doneTask(work.mia, { taskId })).toMatchObject({ ok: true });
    expect(await doneTask(work.mia, { taskId })).toMatchObject({
      error: { code: "already_decided" },
    });
    expect(await checkTask(work.mia, found)).toMatchObject({ error: { code: "not_allowed" } });
    const still = { ...found, result: "still_possible" as const };
    expect(await readOwnOpen(work.mia)).toEqual({ items: 0, tasks: 0 });
    expect(await checkTask(cora, still)).toMatchObject({ ok: true });
    expect(await readOwnOpen(work.mia)).toEqual({ items: 0, tasks: 1 });
    expect(await isRemediated(item)).toBe(false);
    expect(await checkTask(cora, found)).toMatchObject({ ok: true });
    expect(await isRemediated(item)).toBe(true);
    expect(await readOwnTasks(work.mia.db, s.mia)).toEqual([]);
    expect(await readOwnOpen(work.mia)).toEqual({ items: 0, tasks: 0 });
    expect(await readRemediations(work.max.db, item.id)).toMatchObject([
      { kind: "role_revoked", result: "refused" },
      { kind: "outside", result: "refused", ownerName: "mia" },
    ]);
  });

  it("goes to somebody else by compliance alone, and says who had it", async () => {
    const uma = await s.agent("uma");
    const gone = await person("gone", ["agent"]);
    const review = await openReview(s, { [uma]: s.max });
    const item = await itemOf(s.owner, review, uma, "agent");
    await s.commit((sql) => revoke(sql, item));
    const set = await setTask(work.max, {
      ...{ itemId: item.id, what: sentence, ownerEmail: "gone@alongside.test" },
      dueOn: "2099-01-01",
    });
    if (!set.ok) throw new Error(set.error.message);
    const { taskId } = set.value;
    await s.owner.query(
      "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
      [gone.actor.id],
    );
    const given = { taskId, ownerEmail: "mia@alongside.test", dueOn: "2099-02-01" };
    const input = { ...given, reason: "Has left the company on Friday" };
    expect(await giveTaskOn(work.max, input)).toMatchObject({ error: { code: "not_allowed" } });
    for (const ownerEmail of ["gone", "uma", "nobody"])
      expect(
        await giveTaskOn(cora, { ...input, ownerEmail: `${ownerEmail}@alongside.test` }),
      ).toMatchObject({ error: { fields: { ownerEmail: expect.any(String) } } });
    expect(await giveTaskOn(cora, { ...input, dueOn: "2020-01-01" })).toMatchObject({
      error: { fields: { dueOn: expect.any(String) } },
    });
    const directly = s.runtime.query("update review_remediations set owner_id = $1 where id = $2", [
      ...[s.mia, taskId],
    ]);
    await expect(directly).rejects.toMatchObject({ code: "42501" });
    const byOwner = s.owner.query("update review_remediations set owner_id = $1 where id = $2", [
      ...[s.mia, taskId],
    ]);
    await expect(byOwner).rejects.toMatchObject({ constraint: "review_remediation_frozen" });
    const forged = insert(s.runtime, "review_tasks_given_on", {
      ...{ id: newId(), task_id: taskId, from_id: s.mia, from_due_on: "2099-01-01" },
      ...{ owner_id: s.mia, due_on: "2099-01-01", reason: input.reason, given_by: s.max },
      entry_id: newId(),
    });
    await expect(forged).rejects.toMatchObject({ constraint: "review_task_given_by" });
    const offRecord = insert(s.runtime, "review_tasks_given_on", {
      ...{ id: newId(), task_id: taskId, from_id: s.mia, from_due_on: "2099-01-01" },
      ...{ owner_id: s.mia, due_on: "2099-01-01", reason: input.reason },
      ...{ given_by: cora.actor.id, entry_id: newId() },
    });
    await expect(offRecord).rejects.toMatchObject({ constraint: "review_remediation_frozen" });
    expect(await giveTaskOn(cora, input)).toMatchObject({ ok: true });
    expect(await giveTaskOn(cora, input)).toMatchObject({
      error: { fields: { ownerEmail: "They have it already." } },
    });
    expect(await readTasksGivenOn(cora.db, item.id)).toMatchObject([
      { from: "gone", fromDueOn: "2099-01-01", by: "cora", reason: input.reason },
    ]);
    expect(await readOwnTasks(work.mia.db, s.mia)).toMatchObject([
      { id: taskId, dueOn: "2099-02-01" },
    ]);
    expect(await doneTask(work.mia, { taskId })).toMatchObject({ ok: true });
    expect(await giveTaskOn(cora, { ...input, ownerEmail: "far@alongside.test" })).toMatchObject({
      error: { code: "conflict" },
    });
    const erased = s.owner.query("delete from review_tasks_given_on where task_id = $1", [taskId]);
    await expect(erased).rejects.toMatchObject({
      constraint: "review_tasks_given_on_append_only",
    });
  });

  it("is not looked at by who did it, also once it is somebody else's", async () => {
    const una = await s.agent("una");
    const review = await openReview(s, { [una]: s.max });
    const item = await itemOf(s.owner, review, una, "agent");
    await s.commit((sql) => revoke(sql, item));
    const task = { itemId: item.id, what: sentence, dueOn: "2099-01-01" };
    const set = await setTask(work.max, { ...task, ownerEmail: "cora@alongside.test" });
    if (!set.ok) throw new Error(set.error.message);
    const { taskId } = set.value;
    const how = "Looked at the list of the group.";
    const gone = { taskId, result: "refused", how } as const;
    expect(await doneTask(cora, { taskId })).toMatchObject({ ok: true });
    expect(await checkTask(work.max, { ...gone, result: "still_possible" })).toMatchObject({
      ok: true,
    });
    const to = { taskId, ownerEmail: "mia@alongside.test", dueOn: "2099-02-01" };
    expect(await giveTaskOn(cora, { ...to, reason: "Has no access there any more" })).toMatchObject(
      {
        ok: true,
      },
    );
    expect(await checkTask(cora, gone)).toMatchObject({ error: { code: "not_allowed" } });
    const directly = s.commit(async (sql) => {
      const body = { item_id: item.id, task: taskId, result: "refused" };
      return sql.query(
        "update review_remediations set result = 'refused', verified_how = $1, verified_at = now(), verified_entry_id = $2 where id = $3",
        [how, await entry(sql, "review.task_checked", { actor: cora.actor.id, body }), taskId],
      );
    });
    await expect(directly).rejects.toMatchObject({ constraint: "review_task_checked_by_owner" });
    const clem = await person("clem", ["compliance"]);
    const partOfClem = async () =>
      (await s.owner.query("select review_part($1, $2) as part", [review.id, clem.actor.id])).rows;
    expect(await partOfClem()).toEqual([{ part: null }]);
    expect(await checkTask(clem, { ...gone, result: "still_possible" })).toMatchObject({
      ok: true,
    });
    expect(await checkTask(work.max, gone)).toMatchObject({ ok: true });
    // Who looked before another did has a part in the review too, and does not close it.
    expect(await partOfClem()).toEqual([{ part: "followed" }]);
  });
});

describe("an exception", () => {
  it("is compliance's to make, of what is undecided, for a time, on somebody else's account", async () => {
    const ray = await s.agent("ray");
    const review = await openReview(s, { [ray]: s.max });
    const item = await itemOf(s.owner, review, ray, "agent");
    const reason = "The reviewer is away until the second week of the quarter.";
    const soon = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    const made = { itemId: item.id, ownerEmail: "mia@alongside.test", expiresOn: soon, reason };
    expect(await exceptItem(work.max, made)).toMatchObject({ error: { code: "not_allowed" } });
    expect(await exceptItem(cora, { ...made, expiresOn: "2099-01-01" })).toMatchObject({
      error: { fields: { expiresOn: expect.stringContaining("30 days") } },
    });
    expect(await exceptItem(cora, { ...made, ownerEmail: "ray@alongside.test" })).toMatchObject({
      error: { fields: { ownerEmail: expect.any(String) } },
    });
    // The policy of this scene revokes what nobody decides.
    expect(await exceptItem(cora, made)).toMatchObject({ error: { code: "conflict" } });
    const body = { ...policy14, reviews: { ...reviewsPolicy, undecided: "exception" } };
    await insert(s.owner, "policy_versions", { version: 15, body });
    expect(await exceptItem(cora, made)).toMatchObject({ ok: true });
    expect(await exceptItem(cora, made)).toMatchObject({ error: { code: "already_decided" } });
    expect(await readException(cora.db, item.id)).toMatchObject({
      ownerName: "mia",
      madeBy: "cora",
    });
  });

  it("may be of what was revoked, only where it stays possible", async () => {
    const rex = await s.agent("rex");
    const review = await openReview(s, { [rex]: s.max });
    const item = await itemOf(s.owner, review, rex, "agent");
    await s.commit((sql) => revoke(sql, item));
    const soon = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    const made = { itemId: item.id, ownerEmail: "mia@alongside.test", expiresOn: soon };
    const input = { ...made, reason: "The issuer’s support takes a week for the group." };
    expect(await exceptItem(cora, input)).toMatchObject({ error: { code: "conflict" } });
    const task = { itemId: item.id, what: sentence, ownerEmail: "mia@alongside.test" };
    const set = await setTask(work.max, { ...task, dueOn: "2099-01-01" });
    if (!set.ok) throw new Error(set.error.message);
    const { taskId } = set.value;
    await doneTask(work.mia, { taskId });
    const how = "Looked at the group: still there.";
    await checkTask(cora, { taskId, result: "still_possible", how });
    expect(await exceptItem(cora, input)).toMatchObject({ ok: true });
    const { rows } = await s.owner.query("select kind from review_exceptions where item_id = $1", [
      item.id,
    ]);
    expect(rows).toEqual([{ kind: "unproved" }]);
  });
});

describe("the sample", () => {
  it("opens to its reviewer, whatever team the session is of, and to nobody else by it", async () => {
    // Where nobody leads the actor, what was done is for any manager to look at.
    await s.owner.query("update staff set manager_id = $1 where id = $2", [s.max, s.ben]);
    const session = await s.live(s.ben);
    const review = await openReview(s, { [s.ben]: far.actor.id });
    const item = await itemOf(s.owner, review, s.ben, "agent");
    await end(work.ben, { sessionId: session.id });
    expect(await readSessionPage(far, session.id)).toBeNull();
    await drawn(item, session.id);
    expect(await readSessionPage(far, session.id)).not.toBeNull();
    const other = await person("other", ["manager"], "APAC support");
    expect(await readSessionPage(other, session.id)).toBeNull();
    const input = { itemId: item.id, sessionId: session.id };
    expect(await openSample(work.max, input)).toMatchObject({ error: { code: "not_found" } });
    expect(await openSample(far, { ...input, sessionId: newId() })).toMatchObject({
      error: { code: "not_found" },
    });
    expect(await openSample(far, input)).toMatchObject({ ok: true });
    expect(await openSample(far, input)).toMatchObject({ ok: true });
    expect(await readSample(far.db, item.id)).toMatchObject([
      { sessionId: session.id, openedBy: "far", why: "chance" },
    ]);
    const decided = await decideItem(far, {
      itemId: item.id,
      decision: "keep",
      justification: sentence,
    });
    expect(decided).toMatchObject({ ok: true });
    const { rows } = await s.owner.query(
      "select sample_opened, sample_size from review_decisions where item_id = $1",
      [item.id],
    );
    expect(rows).toEqual([{ sample_opened: 1, sample_size: 1 }]);
  });

  it("shows what is unusual first, whenever it was", async () => {
    const wes = await s.agent("wes");
    const review = await openReview(s, { [wes]: s.max });
    const item = await itemOf(s.owner, review, wes, "agent");
    const drawnFor = ["chance", "finding", "break_glass"];
    for (const why of drawnFor) {
      const session = await s.live(wes);
      await end(work.max, { sessionId: session.id, comment: "The next one waits." });
      await drawn(item, session.id, why);
    }
    const shown = (await readSample(work.max.db, item.id)).map(({ why }) => why);
    expect(shown).toEqual(drawnFor.toReversed());
  });
});

describe("looking", () => {
  it("is for the reviewer, the manager and compliance, on record each time, refusals too", async () => {
    const tess = await s.agent("tess");
    await s.owner.query("update staff set manager_id = $1 where id = $2", [s.mia, tess]);
    const review = await openReview(s, { [tess]: s.max });
    const { id, number } = await itemOf(s.owner, review, tess, "agent");
    const address = { slug: review.slug, number };
    for (const ctx of [work.max, work.mia, cora])
      expect(await lookAtItem(ctx, address)).toMatchObject({ ok: true });
    for (const ctx of [work.ana, work.moe, far])
      expect(await lookAtItem(ctx, address)).toMatchObject({ error: { code: "not_found" } });
    expect(await lookAtItem(work.max, { ...address, number: 9999 })).toMatchObject({
      error: { code: "not_found" },
    });
    const { rows } = await s.owner.query(
      `select e.event, count(*)::int as n from audit_entry e join audit_payload p on p.entry_id = e.id
         where p.body::jsonb ->> 'item_id' = $1 group by 1 order by 1`,
      [id],
    );
    expect(rows).toEqual([
      { event: "review.looked", n: 3 },
      { event: "review.refused", n: 3 },
    ]);
  });
});

async function isRemediated({ id }: Item): Promise<boolean> {
  const { rows } = await s.owner.query(
    "select remediated_at is not null as yes from review_items where id = $1",
    [id],
  );
  return rows[0]?.yes;
}

/** A sample as the opening draws it. */
async function drawn({ id }: Item, sessionId: string, why = "chance"): Promise<void> {
  await s.owner.query("alter table review_samples disable trigger inserted");
  await insert(s.owner, "review_samples", { item_id: id, session_id: sessionId, why });
  await s.owner.query("alter table review_samples enable always trigger inserted");
}
