import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { compareWithRoster } from "./compare.ts";
import { decideItem } from "./decide.ts";
import { openCampaign } from "./open-campaign.ts";
import { remindDue } from "./remind.ts";
import { doneTask, readRemediations, setTask } from "./tasks.ts";
import { underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const since = "2025-01-01Z";
const leadId = await w.person("lead", [{ role: "manager", from: since }]);
const lead = await w.as(leadId, "lead", ["manager"]);
for (const name of ["kim", "lee"])
  await w.person(name, [{ role: "agent", from: since }], { manager_id: leadId });
const clem = await w.as(await w.person("clem", [{ role: "compliance", from: since }]), "clem", [
  "compliance",
]);
const { id: campaignId } = valueIn(
  await openCampaign(w.cora, { firstDay: "2026-07-01", lastDay: "2026-09-30" }),
);
const justification = "They moved to another team in the summer.";
const what = "Take them out of the group support-eu of the issuer.";
const item = async (name: string): Promise<string> =>
  (await s.owner.query("select id from review_items where name = $1 and role = 'agent'", [name]))
    .rows[0].id;
const roster = (groups: Record<string, string>) =>
  `email,name,status,groups\n${["ana", "kim", "lee"]
    .map((name) => `${name}@alongside.test,${name},active,${groups[name] ?? "everybody"}`)
    .join("\n")}\n`;
const compare = async (by: typeof clem, groups: Record<string, string>) =>
  valueIn(await compareWithRoster(by, { campaignId, fileName: "r.csv", roster: roster(groups) }))
    .lookedAt;
const outside = async (itemId: string) =>
  (await readRemediations(w.worker.db, itemId)).filter(({ kind }) => kind === "outside");
const isRemediated = async (itemId: string) =>
  (await s.owner.query("select remediated_at from review_items where id = $1", [itemId])).rows[0]
    .remediated_at !== null;
const task = async (name: string, issuerGroup?: string) => {
  const itemId = await item(name);
  valueIn(await decideItem(lead, { itemId, decision: "revoke", justification }));
  const set = { itemId, what, ownerEmail: "cora@alongside.test", dueOn: "2099-01-01", issuerGroup };
  return { itemId, ...valueIn(await setTask(lead, set)) };
};
const kim = await task("kim", "Support-EU");
const lee = await task("lee");

test("a roster does not look at what nobody did yet", async () => {
  expect(await compare(clem, { ana: "support-eu" })).toBe(0);
  expect(await outside(kim.itemId)).toMatchObject([{ result: null, issuerGroup: "Support-EU" }]);
});

test("nor does one that is brought by whoever did it, that does not know the group, or has none", async () => {
  for (const { taskId } of [kim, lee]) valueIn(await doneTask(w.cora, { taskId }));
  expect(await compare(w.cora, { ana: "support-eu" })).toBe(0);
  expect(await compare(clem, {})).toBe(0);
  const without = "email,name,status\nkim@alongside.test,kim,active\n";
  const input = { campaignId, fileName: "r.csv", roster: without };
  expect(valueIn(await compareWithRoster(clem, input)).lookedAt).toBe(0);
  expect(await outside(kim.itemId)).toMatchObject([{ result: null }]);
});

test("the next one that lists them still says so, and the one after it proves that they are gone", async () => {
  expect(await compare(clem, { kim: "everybody; support-eu" })).toBe(1);
  expect(await outside(kim.itemId)).toMatchObject([{ result: "still_possible" }]);
  expect(await isRemediated(kim.itemId)).toBe(false);
  expect(await compare(clem, { ana: "support-eu" })).toBe(1);
  const [looked] = await outside(kim.itemId);
  expect(looked?.result).toBe("refused");
  expect(looked?.verifiedHow).toMatch(
    /^The roster r.csv no longer lists kim in the group Support-EU. SHA-256 of the file: [0-9a-f]{64}.$/,
  );
  expect(await isRemediated(kim.itemId)).toBe(true);
  // Without a group it is looked at by hand.
  expect(await outside(lee.itemId)).toMatchObject([{ result: null }]);
  const { rows } = await s.owner.query(
    `select p.body::jsonb ->> 'result' as result, e.actor_id from audit_entry e join audit_payload p on p.entry_id = e.id
       where e.event = 'review.task_checked' and p.body::jsonb ? 'roster' order by e.occurred_at`,
  );
  expect(rows).toEqual([
    { result: "still_possible", actor_id: clem.actor.id },
    { result: "refused", actor_id: clem.actor.id },
  ]);
});

test("one that is late is in the reminder of whoever has to look, and after the closing in none", async () => {
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, ["review_remediations", "review_items"], async () => {
      await sql.query("update review_remediations set due_on = '2026-01-01' where owner_id = $1", [
        w.cora.actor.id,
      ]);
      // Nobody has anything left to decide.
      await sql.query("update review_items set ended_at = granted_at where decision is null");
    }),
  );
  await s.owner.query("update staff set zone = 'UTC'");
  const reminded = async () =>
    (
      await s.owner.query(
        "select r.name, m.kind, m.open, m.late_tasks from review_reminders m left join staff r on r.id = m.reviewer_id order by m.day, r.name",
      )
    ).rows;
  const noon = new Date("2026-11-03T12:00:00Z");
  await remindDue(w.worker, noon);
  await remindDue(w.worker, noon);
  // Cora did it, so whoever reviewed the item looks.
  expect(await reminded()).toEqual([{ name: "lead", kind: "late", open: 0, late_tasks: 1 }]);
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "campaigns", () =>
      sql.query(
        "update campaigns set status = 'closed', closed_at = now(), closed_by = opened_by, statement = 'All of it was looked at by somebody.', closed_entry_id = opened_entry_id",
      ),
    ),
  );
  await remindDue(w.worker, new Date("2026-11-04T12:00:00Z"));
  expect(await reminded()).toHaveLength(1);
});
