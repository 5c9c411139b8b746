import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { openCampaign } from "./open-campaign.ts";
import { passOnDue } from "./pass-on.ts";
import { remindDue } from "./remind.ts";
import { underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const since = "2025-01-01Z";
const top = await w.person("top", [{ role: "manager", from: since }]);
const lead = await w.person("lead", [{ role: "manager", from: since }], { manager_id: top });
const led = await w.person("led", [{ role: "agent", from: since }], { manager_id: lead });
await w.person("given", [{ role: "agent", from: since, by: top }], { manager_id: lead });
const { id: campaignId } = valueIn(
  await openCampaign(w.cora, { firstDay: "2026-07-01", lastDay: "2026-09-30" }),
);
const has = async (name: string, role = "agent") =>
  (
    await s.owner.query(
      `select r.name, i.reviewer_how as how from review_items i left join staff r on r.id = i.reviewer_id
         where i.campaign_id = $1 and i.name = $2 and i.role = $3`,
      [campaignId, name, role],
    )
  ).rows[0];
const told = async () =>
  (
    await s.owner.query(
      `select p.body::jsonb as body, e.actor_id from audit_entry e join audit_payload p on p.entry_id = e.id
         where e.event = 'review.assigned' order by e.occurred_at, e.id`,
    )
  ).rows;
const set = (columns: string, id: string) =>
  s.owner.query(`update staff set ${columns} where id = $1`, [id]);

test("nothing moves while every reviewer may decide", async () => {
  expect(await has("led")).toEqual({ name: "lead", how: "manager" });
  expect(await passOnDue(w.worker)).toBe(0);
  expect(await told()).toEqual([]);
});

test("who is deactivated has their items go up the line, once, whichever worker comes first", async () => {
  await set("status = 'deactivated', deactivated_at = now()", lead);
  await Promise.all([passOnDue(w.worker), passOnDue(w.worker)]);
  expect(await has("led")).toEqual({ name: "top", how: "higher_manager" });
  // Who gave it may not review it, so it goes to the side.
  expect(await has("given")).toMatchObject({ how: "other_manager" });
  const entries = await told();
  const ids = entries.map(({ body }) => body.item_id);
  expect(new Set(ids).size).toBe(ids.length);
  const ofLed = entries.find(({ body }) => body.person === led);
  expect(ofLed).toMatchObject({
    actor_id: null,
    body: { from: lead, reviewer: top, to: "reviewer", reason: "lead was deactivated." },
  });
  const { rows } = await s.owner.query(
    `select a.how, a.assigned_by, a.reason from review_assignments a join review_items i on i.id = a.item_id
       where i.name = 'led' order by a.at`,
  );
  expect(rows).toEqual([
    { how: "manager", assigned_by: null, reason: null },
    { how: "higher_manager", assigned_by: null, reason: "lead was deactivated." },
  ]);
});

test("reminders go to the new one, and none to who is gone", async () => {
  await s.owner.query("update staff set zone = 'UTC'");
  const { rows } = await s.owner.query<{ due_at: Date }>("select due_at from campaigns");
  const due = rows[0]?.due_at;
  if (!due) throw new Error("No review");
  await remindDue(w.worker, new Date(due.getTime() - 10 * 3_600_000));
  const reminded = await s.owner.query(
    "select reviewer_id from review_reminders where campaign_id = $1",
    [campaignId],
  );
  const ids = reminded.rows.map((row) => row.reviewer_id);
  expect(ids).toContain(top);
  expect(ids).not.toContain(lead);
});

test("who lost the role, or reports to the person by now, hands on by rule too", async () => {
  await set("manager_id = null", led);
  await s.owner.query("update staff_roles set revoked_at = now() where staff_id = $1", [top]);
  await passOnDue(w.worker);
  const next = await has("led");
  expect(next).toMatchObject({ how: "other_manager" });
  expect((await told()).findLast(({ body }) => body.person === led)?.body.reason).toBe(
    "top is neither a manager nor of compliance any more.",
  );
  await s.owner.query("update staff set manager_id = $1 where name = $2", [led, next.name]);
  await passOnDue(w.worker);
  expect((await has("led")).name).not.toBe(next.name);
  expect((await told()).findLast(({ body }) => body.person === led)?.body.reason).toBe(
    `${next.name} reports to led by now.`,
  );
});

test("where nobody is left, compliance is told once, and it goes on when somebody may again", async () => {
  await s.owner.query(
    "update staff set manager_id = $1 where id <> $1 and id in (select staff_id from roles_held where role in ('manager', 'compliance'))",
    [led],
  );
  await passOnDue(w.worker);
  expect(await has("led")).toEqual({ name: null, how: null });
  const said = (await told()).findLast(({ body }) => body.person === led)?.body;
  expect(said).toMatchObject({ to: "compliance", reviewer: null });
  expect(said?.what).toContain("nobody is left who may decide item");
  const before = (await told()).length;
  await passOnDue(w.worker);
  expect(await told()).toHaveLength(before);
  await set("manager_id = null", s.mia);
  await passOnDue(w.worker);
  expect(await has("led")).toEqual({ name: "mia", how: "other_manager" });
});

test("nor does a service account keep what it has", async () => {
  await set("kind = 'service'", s.mia);
  await passOnDue(w.worker);
  expect((await has("led")).name).not.toBe("mia");
  await set("kind = 'person'", s.mia);
  await passOnDue(w.worker);
  expect(await has("led")).toMatchObject({ name: "mia" });
});

test("what is decided stays with who decided it", async () => {
  await s.owner.query("update staff set manager_id = null where manager_id = $1", [led]);
  const mine = await s.owner.query("select 1 from review_items where reviewer_id = $1", [s.mia]);
  expect(mine.rows.length).toBeGreaterThan(0);
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, ["review_items", "review_decisions"], () =>
      sql.query(
        `with d as (insert into review_decisions (id, item_id, decision, justification, decided_by, decided_as, conflict_check, entry_id)
       select gen_random_uuid(), i.id, 'keep', 'They still need it.', $1, 'manager', 'No conflict.', c.opened_entry_id
         from review_items i join campaigns c on c.id = i.campaign_id where i.name = 'led' returning id, item_id)
     update review_items i set decision_id = d.id, decision = 'keep' from d where d.item_id = i.id`,
        [s.mia],
      ),
    ),
  );
  await set("status = 'deactivated', deactivated_at = now()", s.mia);
  await passOnDue(w.worker);
  expect(await has("led")).toMatchObject({ name: "mia" });
  const left = await s.owner.query(
    "select name from review_items where reviewer_id = $1 and decision is null and grant_held(grant_id)",
    [s.mia],
  );
  expect(left.rows).toEqual([]);
});
