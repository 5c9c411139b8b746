import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { closeCampaign } from "./close-campaign.ts";
import { correct } from "./correct.ts";
import { decideItem } from "./decide.ts";
import { openCampaign } from "./open-campaign.ts";
import { readLateTasks, readOverExceptions } from "./overdue.ts";
import { readOwnOpen } from "./own-open.ts";
import { setTask } from "./tasks.ts";
import { makeLate, underReview, valueIn } from "./testing.ts";

const s = await scene();
const reviews = { opensByItself: true, dueDays: 30, undecided: "exception", exceptionDays: 30 };
const w = await underReview(s);
await insert(s.owner, "policy_versions", {
  version: 15,
  body: { ...policy14, reviews: { ...reviews, sampleShare: 0.1, rushedDecisions: 40 } },
});
const since = "2025-01-01Z";
const leadId = await w.person("lead", [{ role: "manager", from: since }]);
const lead = await w.as(leadId, "lead", ["manager"]);
for (const name of ["kim", "lee"])
  await w.person(name, [{ role: "agent", from: since }], { manager_id: leadId });
const owner = await w.as(await w.person("owner", []), "owner", []);
const clem = await w.as(
  await w.person("clem", [{ role: "compliance", from: "2026-10-05Z" }]),
  "clem",
  ["compliance"],
);
const period = { firstDay: "2026-07-01", lastDay: "2026-09-30" };
const { id: campaignId } = valueIn(await openCampaign(w.cora, period));
const soon = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
const itemOf = async (name: string): Promise<{ id: string; number: number }> =>
  (
    await s.owner.query("select id, number from review_items where name = $1 and role = 'agent'", [
      name,
    ])
  ).rows[0];
const shift = (statement: string) =>
  inTransaction(s.owner, (sql) =>
    restingTriggers(sql, ["review_exceptions", "review_remediations"], () => sql.query(statement)),
  );

test("a task whose day is over is seen by whoever reviewed the item, and by all who see reviews", async () => {
  const { id: itemId } = await itemOf("kim");
  const justification = "They moved to another team in the summer.";
  valueIn(await decideItem(lead, { itemId, decision: "revoke", justification }));
  const what = "Take them out of the group support-eu of the issuer.";
  const task = { itemId, what, ownerEmail: "owner@alongside.test", dueOn: soon };
  valueIn(await setTask(lead, task));
  expect(await readLateTasks(clem)).toEqual([]);
  await shift("update review_remediations set due_on = current_date - 2 where kind = 'outside'");
  const late = { name: "kim", ownerName: "owner", what, done: false };
  expect(await readLateTasks(clem)).toMatchObject([late]);
  expect(await readLateTasks(lead)).toMatchObject([late]);
  expect(await readLateTasks(w.mia)).toEqual([]);
});

test("an exception whose day is over is seen until something came of it", async () => {
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, ["review_remediations", "review_items"], async () => {
      await sql.query("delete from review_remediations where kind = 'outside'");
      await sql.query("update review_items set remediated_at = now() where decision = 'revoke'");
    }),
  );
  await makeLate(s, campaignId);
  const statement = "Every right of the quarter was looked at by somebody without a conflict.";
  const answers = { ownerEmail: "owner@alongside.test", expiresOn: soon };
  valueIn(await closeCampaign(clem, { campaignId, statement, ...answers }));
  const all = () => readOverExceptions(clem.db, null);
  expect(await all()).toEqual([]);
  await shift(
    "update review_exceptions set expires_on = current_date where item_id in (select id from review_items where name = 'lee')",
  );
  // It stood at the sign-off, so it was closed before its day.
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "campaigns", () =>
      sql.query(
        "update campaigns set opened_at = opened_at - interval '3 days', closed_at = closed_at - interval '3 days'",
      ),
    ),
  );
  expect(await all()).toMatchObject([{ name: "lee", ownerName: "owner" }]);
  expect(await readOverExceptions(clem.db, owner.actor.id)).toHaveLength(1);
  expect(await readOverExceptions(clem.db, leadId)).toEqual([]);
  expect((await readOwnOpen(owner)).tasks).toBe(1);
  const { number } = await itemOf("lee");
  const correction = "Lee left the desk; the role was taken by an admin the day after.";
  valueIn(await correct(clem, { campaignId, number, correction }));
  expect(await all()).toEqual([]);
  expect((await readOwnOpen(owner)).tasks).toBe(0);
});
