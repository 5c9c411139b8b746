import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { compareWithRoster } from "./compare.ts";
import { comparedParams, readCompared } from "./compared.ts";
import { correct } from "./correct.ts";
import { handOn } from "./hand-on.ts";
import { findItem } from "./item.ts";
import { readItems } from "./items.ts";
import { maySeeFigures } from "./look.ts";
import { openCampaign } from "./open-campaign.ts";
import { readProgress } from "./progress.ts";
import { remind, remindDue } from "./remind.ts";
import { readGlance, readReviewers } from "./reviewers-progress.ts";
import { codeOf, underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const lead = await w.person("lead", [{ role: "manager", from: "2025-01-01Z" }]);
await w.person("led", [{ role: "agent", from: "2025-01-01Z" }], { manager_id: lead });
await w.person("too", [{ role: "agent", from: "2025-01-01Z" }], { manager_id: lead });
await w.person("given", [{ role: "agent", from: "2025-01-01Z", by: s.mia }], { manager_id: lead });
const under = await w.person("under", [{ role: "manager", from: "2025-01-01Z" }], {
  manager_id: lead,
});
const asLead = await w.as(lead, "lead", ["manager"]);
const { id: campaignId, slug } = valueIn(
  await openCampaign(w.cora, { firstDay: "2026-07-01", lastDay: "2026-09-30" }),
);
const reason = "Lead is away until the review is due.";
const reviewerOf = async (name: string) =>
  (
    await s.owner.query(
      "select r.name from review_items i left join staff r on r.id = i.reviewer_id where i.campaign_id = $1 and i.name = $2",
      [campaignId, name],
    )
  ).rows[0]?.name;
const numberOf = async (name: string): Promise<number> =>
  (
    await s.owner.query("select number from review_items where campaign_id = $1 and name = $2", [
      campaignId,
      name,
    ])
  ).rows[0].number;
const bodies = async (event: string) =>
  (
    await s.owner.query(
      "select p.body::jsonb as body from audit_entry e join audit_payload p on p.entry_id = e.id where e.event = $1 order by e.occurred_at",
      [event],
    )
  ).rows.map((row) => row.body);

test("the reviewer hands one item on, with a reason, and it is on record", async () => {
  const number = await numberOf("led");
  valueIn(await handOn(asLead, { campaignId, number, to: s.max, reason }));
  expect(await reviewerOf("led")).toBe("max");
  expect(await bodies("review.handed_on")).toMatchObject([
    { number, from: lead, to: s.max, reason },
  ]);
});

test("nobody hands on what is another's, nor to who may not decide on it", async () => {
  const number = await numberOf("led");
  expect(codeOf(await handOn(asLead, { campaignId, number, to: s.mia, reason }))).toBe("not_found");
  expect(codeOf(await handOn(w.ana, { campaignId, number, to: s.mia, reason }))).toBe(
    "not_allowed",
  );
  const given = await numberOf("given");
  expect(codeOf(await handOn(asLead, { campaignId, number: given, to: s.mia, reason }))).toBe(
    "conflict",
  );
  const own = await numberOf("lead");
  expect(codeOf(await handOn(w.cora, { campaignId, number: own, to: under, reason }))).toBe(
    "conflict",
  );
});

test("who is reviewed does not choose by whom, nor does compliance for who they report to", async () => {
  const own = await numberOf("cora");
  const anybody = (await reviewerOf("cora")) === "max" ? s.mia : s.max;
  expect(codeOf(await handOn(w.cora, { campaignId, number: own, to: anybody, reason }))).toBe(
    "not_found",
  );
  const subject = await w.person("subject", [{ role: "compliance", from: "2026-10-05Z" }], {
    manager_id: lead,
  });
  const asSubject = await w.as(subject, "subject", ["compliance"]);
  const boss = await numberOf("lead");
  expect(codeOf(await handOn(asSubject, { campaignId, number: boss, to: s.mia, reason }))).toBe(
    "not_found",
  );
});

test("compliance hands on all of one reviewer; what the other may not have stays", async () => {
  const result = valueIn(await handOn(w.cora, { campaignId, from: lead, to: s.mia, reason }));
  expect(result.left).toContain("given, agent");
  const kept = await s.owner.query("select 1 from review_items where reviewer_id = $1", [lead]);
  expect(kept.rows).toHaveLength(result.left.length);
  expect(await reviewerOf("too")).toBe("mia");
  expect(await reviewerOf("given")).toBe("lead");
});

test("a reviewer sees what is theirs and no more", async () => {
  const { rows } = await readItems(asLead, campaignId, {});
  expect(rows.every((row) => row.reviewerId === lead)).toBe(true);
  const all = await readItems(w.cora, campaignId, {});
  expect(all.rows.length).toBeGreaterThan(rows.length);
  const managers = await readItems(w.cora, campaignId, { role: "manager", state: "open" });
  expect(managers.rows.every((row) => row.role === "manager")).toBe(true);
});

test("an admin sees the review, and of nobody what they did", async () => {
  const ada = await w.as(await w.person("ada", [{ role: "admin", from: "2026-10-05Z" }]), "ada", [
    "admin",
  ]);
  const { rows } = await readItems(ada, campaignId, {});
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every((row) => row.sessions === null && row.openFindings === null)).toBe(true);
  const item = await findItem(w.worker.db, { slug, number: await numberOf("too") });
  if (!item) throw new Error("No item");
  const sees = (ctx: Ctx<StaffActor>) => maySeeFigures(w.worker.db, ctx.actor, item);
  expect(await Promise.all([ada, w.cora, asLead, w.mia, w.max].map(sees))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});

test("progress counts what is open, and for whom", async () => {
  const progress = (await readProgress(w.worker.db, [campaignId], null)).get(campaignId);
  const { rows } = await s.owner.query("select count(*)::integer as n from review_items");
  expect(progress).toMatchObject({ items: rows[0].n, open: rows[0].n, late: 0, keep: 0 });
  const mine = await readReviewers(w.worker.db, campaignId, lead);
  const left = await s.owner.query("select 1 from review_items where reviewer_id = $1", [lead]);
  const open = left.rows.length;
  expect(mine).toMatchObject([{ name: "lead", open, toDecide: open, decided: 0, able: true }]);
});

/** Open is what the schema's own view says, in each way in which it is counted. */
async function openEverywhere() {
  const { rows } = await s.owner.query(
    "select u.*, c.slug from campaigns c left join lateral (select count(*)::integer as n from undecided_items where campaign_id = c.id) u on true where c.id = $1",
    [campaignId],
  );
  const [{ n, slug }] = rows;
  const one = await readProgress(w.worker.db, [campaignId], null);
  const glance = await readGlance(w.cora, slug, 100);
  const shared = await readReviewers(w.worker.db, campaignId, null);
  const withSomebody = (of: { open: number }[]) => of.reduce((sum, { open }) => sum + open, 0);
  expect(glance.progress).toEqual(one.get(campaignId));
  expect(glance.progress.open + glance.progress.late).toBe(n);
  expect(withSomebody(shared) + glance.progress.unassigned).toBe(n);
  expect(glance.first).toEqual(shared);
  return n;
}

test("what is open at a glance is what the schema says", async () => {
  expect(await openEverywhere()).toBeGreaterThan(0);
});

test("a reminder by hand, once a day, tells the reviewer and their manager", async () => {
  expect(codeOf(await remind(asLead, { campaignId, reviewerId: under }))).toBe("not_allowed");
  valueIn(await remind(w.cora, { campaignId, reviewerId: s.mia }));
  expect(codeOf(await remind(w.cora, { campaignId, reviewerId: s.mia }))).toBe("already_decided");
  const [body] = await bodies("review.reminded");
  expect(body).toMatchObject({ reviewer: s.mia, kind: "weekly", by_hand: true });
});

test("late reminders go out once a day each, whichever worker comes first", async () => {
  await remindDue(w.worker);
  expect(await bodies("review.reminded")).toHaveLength(1);
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "campaigns", () =>
      sql.query(
        "update campaigns set due_at = opened_at - interval '3 days', opened_at = opened_at",
      ),
    ),
  );
  // Nine o'clock is past in one of these zones at any time.
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "staff", () =>
      sql.query(
        "update staff set zone = case when extract(hour from clock_timestamp() at time zone 'UTC') >= 10 then 'UTC' else 'Pacific/Auckland' end",
      ),
    ),
  );
  await Promise.all([remindDue(w.worker), remindDue(w.worker)]);
  await remindDue(w.worker);
  const reminded = (await bodies("review.reminded")).slice(1);
  const { rows } = await s.owner.query(
    "select count(distinct reviewer_id)::integer as n from review_items where reviewer_id is not null",
  );
  const already = reminded.some((body) => body.reviewer === s.mia) ? 0 : 1;
  expect(reminded).toHaveLength(rows[0].n - already);
  expect(new Set(reminded.map((body) => body.reviewer)).size).toBe(reminded.length);
  expect(reminded.every((body) => body.kind === "late")).toBe(true);
});

test("the roster is held against the population, by compliance, with the file's hash", async () => {
  const roster =
    "email,name,status\nana@alongside.test,Ana,active\nled@alongside.test,Led,left\nelse@a.test,E,active\n";
  const input = { campaignId, fileName: "roster.csv", roster };
  expect(codeOf(await compareWithRoster(asLead, input))).toBe("not_allowed");
  expect(codeOf(await compareWithRoster(w.cora, { ...input, roster: "name\n" }))).toBe("invalid");
  valueIn(await compareWithRoster(w.cora, input));
  const { rows } = await s.owner.query("select * from roster_comparisons");
  expect(rows).toMatchObject([
    {
      in_both: 2,
      lines: 3,
      only_in_roster: [{ email: "else@a.test" }],
      differ: [{ email: "led@alongside.test" }],
    },
  ]);
  const sha256 = createHash("sha256").update(roster).digest("hex");
  expect(rows[0].sha256).toBe(sha256);
  const first = await readCompared(w.worker.db, rows[0].id, comparedParams.parse({}));
  expect(first).toMatchObject({
    onlyInRoster: [{ email: "else@a.test" }],
    differ: [{ email: "led@alongside.test" }],
  });
  const further = await readCompared(w.worker.db, rows[0].id, comparedParams.parse({ there: "1" }));
  expect(further).toMatchObject({ onlyInRoster: [], differ: first.differ });
  expect(await bodies("review.compared")).toMatchObject([{ sha256, in_both: 2 }]);
});

test("an open review has no corrections", async () => {
  const input = { campaignId, number: null, correction: "The manager was another." };
  expect(codeOf(await correct(w.cora, input))).toBe("conflict");
  expect(codeOf(await correct(w.max, input))).toBe("not_allowed");
});

test("who was deactivated is not reminded: compliance is told, and what they had waits on nobody", async () => {
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [lead],
  );
  expect(codeOf(await remind(w.cora, { campaignId, reviewerId: lead }))).toBe("conflict");
  const [mine] = await readReviewers(w.worker.db, campaignId, lead);
  expect(mine).toMatchObject({ able: false, deactivated: true });
  const progress = (await readProgress(w.worker.db, [campaignId], null)).get(campaignId);
  expect(progress?.nobodys).toBe(Number(progress?.unassigned) + Number(mine?.open));
  await openEverywhere();
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "review_reminders", () =>
      sql.query("delete from review_reminders where reviewer_id = $1", [lead]),
    ),
  );
  await remindDue(w.worker);
  const told = (await bodies("review.reminded")).findLast((body) => body.reviewer === lead);
  expect(told).toMatchObject({ to: "compliance", reviewer_name: "lead" });
  expect(told.what).toContain("may not decide any more");
});
