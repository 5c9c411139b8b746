import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { liftStop, stopAll } from "#lib/impersonation/stop-all.ts";
import { readUndecided } from "./before-closing.ts";
import { closeCampaign, closeSchema } from "./close-campaign.ts";
import { correct } from "./correct.ts";
import { handOn } from "./hand-on.ts";
import { leftWithout } from "./left-without.ts";
import { openCampaign } from "./open-campaign.ts";
import { codeOf, makeLate, underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const clem = await w.as(
  await w.person("clem", [{ role: "compliance", from: "2026-10-05Z" }]),
  "clem",
  ["compliance"],
);
await w.person("gone", [{ role: "agent", from: "2025-01-01Z", to: "2026-08-01Z" }]);
const period = { firstDay: "2026-07-01", lastDay: "2026-09-30" };
const statement = "Every right of the quarter was looked at by somebody without a conflict.";
const form = { statement, ownerEmail: "", expiresOn: "" as const };
const { id: campaignId, slug } = valueIn(await openCampaign(w.cora, period));
const rows = async (text: string, params: unknown[] = [campaignId]) =>
  (await s.owner.query(text, params)).rows;

test("a manager does not close, and nobody without a statement", async () => {
  expect(codeOf(await closeCampaign(w.max, { campaignId, ...form }))).toBe("not_allowed");
  expect(await rows("select status from campaigns where id = $1")).toEqual([{ status: "open" }]);
});

test("nor whoever is undecided themselves: policy would take their right to close", async () => {
  expect(codeOf(await closeCampaign(w.cora, { campaignId, ...form }))).toBe("conflict");
  expect(await rows("select 1 from review_decisions", [])).toEqual([]);
});

test("it is said before that nobody would be left in a role", async () => {
  const undecided = await readUndecided(w.worker.db, campaignId);
  // Clem is of compliance and has no item; of the others each has one.
  expect(await leftWithout(w.worker.db, undecided)).toEqual(["agent", "manager"]);
  expect(await leftWithout(w.worker.db, undecided.slice(0, 1))).toEqual([]);
  expect(await leftWithout(w.worker.db, [])).toEqual([]);
});

test("before it is due what is undecided is its reviewers', and nobody loses anything", async () => {
  expect(codeOf(await closeCampaign(clem, { campaignId, ...form }))).toBe("conflict");
  expect(await rows("select 1 from review_decisions", [])).toEqual([]);
  expect(await rows("select 1 from staff_roles where revoked_entry_id is not null", [])).toEqual(
    [],
  );
});

test("what nobody decided is revoked by policy, tried, and never approved, also while everybody is stopped", async () => {
  await makeLate(s, campaignId);
  const adam = await w.as(
    await w.person("adam", [{ role: "admin", from: "2026-10-05Z" }]),
    "adam",
    ["admin"],
  );
  const reason = "Something is wrong with the product.";
  const { stopId } = valueIn(await stopAll(adam, { reason }));
  valueIn(await closeCampaign(clem, { campaignId, ...form }));
  valueIn(await liftStop(adam, { stopId, reason }));
  expect(await rows("select status, closed_by, statement from campaigns where id = $1")).toEqual([
    { status: "closed", closed_by: clem.actor.id, statement },
  ]);
  const items = await rows(
    "select decision, ended_at is not null as ended, remediated_at is not null as proved, count(*)::integer as n from review_items where campaign_id = $1 group by 1, 2, 3 order by 2",
  );
  expect(items).toMatchObject([
    { decision: "revoke", ended: false, proved: true },
    { decision: null, ended: true, proved: false, n: 1 },
  ]);
  expect(
    await rows("select 1 from staff_roles where role = 'agent' and revoked_at is null", []),
  ).toEqual([]);
});

test("from then on it stays as it is, but for corrections beside it", async () => {
  expect(codeOf(await closeCampaign(clem, { campaignId, ...form }))).toBe("ended");
  const reason = "It was given to the wrong person.";
  expect(codeOf(await handOn(clem, { campaignId, number: 1, to: s.max, reason }))).toBe("ended");
  const correction = "Item 1 was reviewed by somebody else than it says.";
  valueIn(await correct(clem, { campaignId, number: 1, correction }));
  const wrong = await correct(clem, { campaignId, number: 99, correction });
  expect(codeOf(wrong)).toBe("invalid");
  const [entry] = await rows(
    `select p.body::jsonb ->> 'corrects' = c.closed_entry_id::text as linked from review_corrections x
       join audit_payload p on p.entry_id = x.entry_id join campaigns c on c.id = x.campaign_id where c.slug = $1`,
    [slug],
  );
  expect(entry).toEqual({ linked: true });
});

test("a form that asks for all three says of all three at once what is missing", () => {
  const wrong = (answers: Record<string, string>) =>
    closeSchema.safeParse({ campaignId, ...answers }).error?.issues.map(({ path }) => path[0]);
  expect(wrong({ statement: "", ownerEmail: " ", expiresOn: "" })).toEqual([
    "statement",
    "ownerEmail",
    "expiresOn",
  ]);
  expect(wrong({ statement, ownerEmail: "mia@alongside.test", expiresOn: "soon" })).toEqual([
    "expiresOn",
  ]);
  // Where nothing is excepted, the form has neither.
  expect(closeSchema.parse({ campaignId, statement })).toEqual({ campaignId, ...form });
});

test("where the policy says exception, the form names who answers for it and until when", async () => {
  const other = await scene();
  const there = await underReview(other);
  const reviews = { opensByItself: true, dueDays: 30, undecided: "exception", exceptionDays: 30 };
  await insert(other.owner, "policy_versions", {
    version: 15,
    body: { ...policy14, reviews: { ...reviews, sampleShare: 0.1, rushedDecisions: 40 } },
  });
  // Nobody answers for their own access, nor the closer: the owner of all has no item.
  await there.person("owner", [{ role: "admin", from: "2026-10-05Z" }]);
  const opened = valueIn(await openCampaign(there.cora, period));
  const closer = await there.as(
    await there.person("closer", [{ role: "compliance", from: "2026-10-05Z" }]),
    "closer",
    ["compliance"],
  );
  const input = { campaignId: opened.id, ...form };
  await makeLate(other, opened.id);
  const refused = await closeCampaign(closer, input);
  expect(refused).toMatchObject({
    ok: false,
    error: { fields: { ownerEmail: expect.any(String) } },
  });
  const expiresOn = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  valueIn(await closeCampaign(closer, { ...input, ownerEmail: "owner@alongside.test", expiresOn }));
  const { rows: excepted } = await other.owner.query(
    "select count(*)::integer as n from review_exceptions where made_by = $1",
    [closer.actor.id],
  );
  expect(excepted).toEqual([{ n: opened.counts.grants }]);
});
