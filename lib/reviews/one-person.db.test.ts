import { expect, test } from "vitest";
import { scene } from "#db/testing/scene.ts";
import type { Result } from "#lib/kernel/result.ts";
import { closeCampaign } from "./close-campaign.ts";
import { decideItem } from "./decide.ts";
import { exceptItem } from "./except.ts";
import { giveTaskOn } from "./give-task-on.ts";
import { handOn } from "./hand-on.ts";
import { openCampaign } from "./open-campaign.ts";
import { passOnDue } from "./pass-on.ts";
import { checkTask, doneTask, setTask } from "./tasks.ts";
import { makeLate, underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const from = "2025-01-01Z";
const leads = { role: "manager" as const, from };
const works = { role: "agent" as const, from };
const link = (account: string, person: string) =>
  s.owner.query("update staff set person_id = $2 where id = $1", [account, person]);

// Who reports to themselves, to who gave it, or is over who reports to them, by another account.
const kim = await w.person("kim", [works]);
const kimLeads = await w.person("kim leads", [leads]);
const giver = await w.person("giver", [leads]);
const giverToo = await w.person("giver too", [leads]);
const given = await w.person("given", [{ ...works, by: giver }], { manager_id: giverToo });
const boss = await w.person("boss", []);
const below = await w.person("below", [leads], { manager_id: boss });
const bossToo = await w.person("boss too", [leads], { manager_id: below });
const coraWorks = await w.person("cora works", [works]);
await s.owner.query("update staff set manager_id = $1 where id = $2", [kimLeads, kim]);
await link(kimLeads, kim);
await link(giverToo, giver);
await link(bossToo, boss);
// These turn out to be one once the items are given out.
const [lead, led] = [await w.person("lead", [leads]), await w.person("led", [works])];
const [top, topToo] = [await w.person("top", [leads]), await w.person("top too", [leads])];
const byTop = await w.person("by top", [{ ...works, by: top }], { manager_id: topToo });
await s.owner.query("update staff set manager_id = $1 where id = $2", [lead, led]);
await link(coraWorks, w.cora.actor.id);
const cleoWorks = await w.person("cleo works", [works]);
const kimComplies = await w.person("kim complies", [{ role: "compliance", from }]);

const { id: campaignId } = valueIn(
  await openCampaign(w.cora, { firstDay: "2026-07-01", lastDay: "2026-09-30" }),
);
const itemOf = async (person: string) => {
  const { rows } = await s.owner.query(
    `select i.id, i.number, r.name as reviewer, i.reviewer_id, i.reviewer_how as how from review_items i
       left join staff r on r.id = i.reviewer_id where i.campaign_id = $1 and i.staff_id = $2`,
    [campaignId, person],
  );
  return rows[0];
};
const said = (result: Result<unknown>) =>
  result.ok ? "went through" : `${result.error.code}: ${result.error.message}`;
const reason = "Somebody else knows them better";
const keep = { decision: "keep" as const, justification: "Still needed, as the figures say" };
const reasonOf = async (item: string) => {
  const { rows } = await s.owner.query(
    "select reason from review_assignments where item_id = $1 order by at desc limit 1",
    [item],
  );
  return rows[0].reason;
};

test("the rule gives nobody what is their own, what they gave, or of who they report to", async () => {
  expect((await itemOf(kim)).how).toBe("other_manager");
  expect((await itemOf(kim)).reviewer).not.toBe("kim leads");
  expect((await itemOf(given)).reviewer).not.toMatch(/^giver/);
  expect((await itemOf(bossToo)).reviewer).not.toBe("below");
  expect(await itemOf(led)).toMatchObject({ reviewer: "lead", how: "manager" });
  expect(await itemOf(byTop)).toMatchObject({ reviewer: "top too", how: "manager" });
});

test("who turns out to be one with the person neither decides nor chooses who does, and it goes on", async () => {
  await link(lead, led);
  await link(topToo, top);
  const leading = await w.as(lead, "lead", ["manager"]);
  const [own, gave] = [await itemOf(led), await itemOf(byTop)];
  expect(said(await decideItem(leading, { itemId: own.id, ...keep }))).toMatch(
    /^not_allowed: You cannot decide on your own rights, through none of your accounts/,
  );
  const asked = { campaignId, number: own.number, to: s.mia, reason };
  expect(said(await handOn(leading, asked))).toMatch(/^not_found: .*Nobody chooses who reviews/);
  const topping = await w.as(topToo, "top too", ["manager"]);
  expect(said(await decideItem(topping, { itemId: gave.id, ...keep }))).toMatch(
    /^not_allowed: You cannot decide on a right that you gave/,
  );
  await passOnDue(w.worker);
  expect((await itemOf(led)).reviewer).not.toBe("lead");
  expect(await reasonOf(own.id)).toBe("lead and led are one person.");
  expect((await itemOf(byTop)).reviewer).not.toMatch(/^top/);
  expect(await reasonOf(gave.id)).toBe("top too is one person with who gave the right.");
  expect(await passOnDue(w.worker)).toBe(0);
});

test("compliance hands on nothing of their other account, nor to who may not have it", async () => {
  const { number } = await itemOf(coraWorks);
  const asked = { campaignId, reason, to: s.mia };
  expect(said(await handOn(w.cora, { ...asked, number }))).toMatch(/^not_found: /);
  const ofKim = await itemOf(kim);
  expect(said(await handOn(w.cora, { ...asked, number: ofKim.number, to: kimLeads }))).toMatch(
    /^conflict: kim leads may not decide on this/,
  );
});

test("nobody excepts their other account, nor does or looks at what is to be done for it", async () => {
  await link(kimComplies, kim);
  const complying = await w.as(kimComplies, "kim complies", ["compliance"]);
  const item = await itemOf(kim);
  const until = { ownerEmail: "mia@alongside.test", expiresOn: "2099-01-01", reason };
  expect(said(await exceptItem(complying, { itemId: item.id, ...until }))).toMatch(
    /^not_allowed: You cannot decide on your own rights/,
  );

  const name = item.reviewer;
  const reviewer = await w.as(item.reviewer_id, name, ["manager"]);
  valueIn(await decideItem(reviewer, { itemId: item.id, ...keep, decision: "revoke" }));
  const task = { itemId: item.id, what: "Take them out of support-eu", dueOn: "2099-01-01" };
  const toKim = { ...task, ownerEmail: "kim leads@alongside.test" };
  expect(await setTask(reviewer, toKim)).toMatchObject({
    error: { fields: { ownerEmail: expect.stringContaining("Nobody answers for their own") } },
  });
  const toMia = { ...task, ownerEmail: "mia@alongside.test" };
  expect(said(await setTask(complying, toMia))).toMatch(/^not_found/);
  const { taskId } = valueIn(await setTask(reviewer, toMia));
  const on = { taskId, ownerEmail: "moe@alongside.test", dueOn: "2099-01-01", reason };
  expect(said(await giveTaskOn(complying, on))).toMatch(/^not_found/);
  valueIn(await doneTask(w.mia, { taskId }));
  const looked = { taskId, result: "refused" as const, how: "Looked at the group: not there." };
  const miaToo = await w.person("mia too", [{ role: "compliance", from }]);
  await link(miaToo, s.mia);
  expect(said(await checkTask(await w.as(miaToo, "mia too", ["compliance"]), looked))).toMatch(
    /^not_allowed: You did it, so somebody else has to look/,
  );
  expect(said(await checkTask(complying, looked))).toMatch(/^not_found/);
  valueIn(await checkTask(w.cora, looked));
});

test("nobody closes over their other account", async () => {
  await makeLate(s, campaignId);
  const closing = { campaignId, statement: "All of it was looked at by others.", expiresOn: "" };
  const { number } = await itemOf(cleoWorks);
  const cleo = await w.person("cleo", [{ role: "compliance", from }]);
  await link(cleoWorks, cleo);
  const closer = await w.as(cleo, "cleo", ["compliance"]);
  expect(said(await closeCampaign(closer, { ...closing, ownerEmail: "" }))).toMatch(
    `conflict: Your own access, item ${number}, is undecided`,
  );
});
