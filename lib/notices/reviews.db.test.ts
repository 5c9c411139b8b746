import { afterAll, expect, it } from "vitest";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";
import { handOn } from "#lib/reviews/hand-on.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { passOnDue } from "#lib/reviews/pass-on.ts";
import { underReview, valueIn } from "#lib/reviews/testing.ts";
import { inboxParams, readInbox } from "./inbox.ts";
import { mailChannel } from "./mail.ts";
import { markRead } from "./mark-read.ts";
import type { NoticeMessage } from "./message.ts";
import { openRunner } from "./run.ts";
import { mailServer } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const mail = await mailServer();
const post = mailChannel({ smtpUrl: mail.url, from: "alongside@acme.test" });
const runner = await openRunner({
  ctx: w.worker,
  channels: { mail: post },
  url: "https://alongside.acme.test",
});
afterAll(async () => {
  await runner.stop();
  post.close();
  await mail.close();
});

const since = "2025-01-01Z";
const lead = await w.person("lead", [{ role: "manager", from: since }]);
const next = await w.person("next", [{ role: "manager", from: since }]);
await s.owner.query("update staff set manager_id = $2 where id = $1", [lead, next]);
await s.owner.query(
  `with p as (insert into staff (id, email, name, team, manager_id)
     select gen_random_uuid(), 'of' || n || '@alongside.test', 'of' || n, 'EMEA support', $1 from generate_series(1, 130) n returning id)
   insert into staff_roles (id, staff_id, role, granted_at) select gen_random_uuid(), id, 'agent', $2 from p`,
  [lead, since],
);
const asLead = await w.as(lead, "lead", ["manager"]);
const asNext = await w.as(next, "next", ["manager"]);
const reason = "Lead is away until the review is due.";

type Reader = typeof asLead;
const inbox = async (reader: Reader): Promise<NoticeMessage[]> => {
  const { rows } = await readInbox(reader, inboxParams.parse({ show: "all" }));
  return rows.map(({ message }) => message).filter(({ kind }) => kind === "review_assigned");
};
const round = async () => {
  await runner.tell();
  await runner.deliverAll();
};
const mailed = (name: string) =>
  mail.mails
    .filter(({ to }) => [to].flat().some((one) => one?.text === `${name}@alongside.test`))
    .map(({ subject }) => subject);
const numbersOf = async (reviewer: string): Promise<number[]> => {
  const { rows } = await s.owner.query(
    "select number from review_items where reviewer_id = $1 order by number",
    [reviewer],
  );
  return rows.map(({ number }) => number);
};
let campaignId = "";

it("who has items of a review that opens is told once, however many they are", async () => {
  ({ id: campaignId } = valueIn(
    await openCampaign(w.cora, { firstDay: "2026-07-01", lastDay: "2026-09-30" }),
  ));
  await round();
  const [one, ...more] = await inbox(asLead);
  expect(more).toEqual([]);
  const { length } = await numbersOf(lead);
  expect(length).toBeGreaterThan(130);
  expect(one).toMatchObject({
    title: `${length} items of the access review wait for you: Third quarter 2026`,
    links: [{ href: "/reviews/2026-q3" }],
    outcome: null,
  });
  expect(one?.facts.map(({ label }) => label)).toEqual(["Decide until"]);
  expect(mailed("lead")).toEqual([one?.title]);
});

it("who is handed many one by one is told once, and again of what comes after they have read it", async () => {
  const before = (await inbox(asNext)).length;
  const [first, ...more] = await numbersOf(lead);
  for (const number of more.slice(0, 3))
    valueIn(await handOn(asLead, { campaignId, number, to: next, reason }));
  // Each in a transaction of its own, as two workers would.
  await Promise.all([runner.tell(), runner.tell()]);
  await round();
  const told = await inbox(asNext);
  expect(told.length).toBe(Math.max(before, 1));
  const { rows } = await readInbox(asNext, inboxParams.parse({}));
  valueIn(await markRead(asNext, { noticeId: rows[0]?.id ?? "", all: "yes" }));
  valueIn(await handOn(asLead, { campaignId, number: first ?? 0, to: next, reason }));
  await round();
  const [newest, ...older] = await inbox(asNext);
  expect(older).toHaveLength(told.length);
  expect(newest?.facts).toContainEqual({ label: "Handed on", value: `lead: ${reason}` });
  expect(mailed("next")).toHaveLength(older.length + 1);
});

it("by rule too, of a hundred and more in several transactions", async () => {
  const { rows } = await readInbox(asNext, inboxParams.parse({}));
  valueIn(await markRead(asNext, { noticeId: rows[0]?.id ?? "", all: "yes" }));
  const before = (await inbox(asNext)).length;
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [lead],
  );
  expect(await passOnDue(w.worker)).toBeGreaterThan(100);
  await round();
  const told = await inbox(asNext);
  expect(told).toHaveLength(before + 1);
  expect(told[0]?.title).toMatch(/^1\d\d items of the access review wait for you/);
  expect(told[0]?.facts.find(({ label }) => label === "Handed on")?.value).toMatch(/^By rule: /);
});

it("reminders that were held up are one, and say what waits now", async () => {
  const mia = await w.as(s.mia, "mia", ["manager"]);
  const remind = (body: Record<string, unknown>) =>
    s.commit((sql) =>
      entry(sql, "review.reminded", {
        body: { campaign_id: campaignId, campaign: "2026-q3", reviewer: s.mia, ...body },
      }),
    );
  for (const day of [1, 2, 3]) await remind({ to: "reviewer", what: `Reminded mia, day ${day}` });
  await round();
  const told = async () => {
    const { rows } = await readInbox(mia, inboxParams.parse({ show: "all" }));
    return rows.map(({ message }) => message).filter(({ kind }) => kind === "review_due");
  };
  expect(await told()).toHaveLength(1);
  expect((await told())[0]?.title).not.toContain("Reminded mia");
  await remind({ to: "compliance", what: "Told compliance that mia has 2 items: hand on" });
  await round();
  const { rows } = await readInbox(w.cora, inboxParams.parse({ show: "all" }));
  expect(rows.map(({ message }) => message.title)).toContain("Mia has 2 items: hand on");
});

it("where nobody may decide any more, compliance is told, once", async () => {
  const before = (await inbox(w.cora)).length;
  await s.owner.query(
    `update staff set status = 'deactivated', deactivated_at = now() where status = 'active'
       and id in (select staff_id from staff_roles where role = 'manager' and revoked_at is null)`,
  );
  await passOnDue(w.worker);
  await round();
  const told = await inbox(w.cora);
  expect(told).toHaveLength(before + 1);
  // Their own: whoever else might have is gone.
  expect(told[0]?.facts).toContainEqual({
    label: "Nobody may decide",
    value: "1 item: hand them on",
  });
});
