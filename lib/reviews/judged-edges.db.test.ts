import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { worked } from "#db/testing/worked.ts";
import { personFigures } from "#lib/usage/person.ts";
import { rollUpAll } from "#lib/usage/testing.ts";
import { closeCampaign } from "./close-campaign.ts";
import { openCampaign } from "./open-campaign.ts";
import { underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
let version = 14;

/** A microsecond earlier or later; JavaScript's times end at the millisecond. */
const beside = (at: string, by: "before" | "after") =>
  by === "after"
    ? at.replace(".000000Z", ".000001Z")
    : `${new Date(Date.parse(at) - 1000).toISOString().slice(0, 19)}.999999Z`;

test.each([
  // An hour more at the end than at the beginning.
  ["Europe/Berlin", "2026-q1", "2025-12-31T23:00", "2026-03-31T22:00"],
  ["Europe/Berlin", "2025-q4", "2025-09-30T22:00", "2025-12-31T23:00"],
  // The clocks go back four days after the edge, by an hour; by half an hour on Lord Howe.
  ["America/Santiago", "2026-q2", "2026-04-01T03:00", "2026-07-01T04:00"],
  ["America/Santiago", "2026-q3", "2026-07-01T04:00", "2026-10-01T03:00"],
  ["Pacific/Auckland", "2026-q1", "2025-12-31T11:00", "2026-03-31T11:00"],
  ["Pacific/Auckland", "2026-q2", "2026-03-31T11:00", "2026-06-30T12:00"],
  ["Pacific/Auckland", "2026-q3", "2026-06-30T12:00", "2026-09-30T11:00"],
  ["Australia/Lord_Howe", "2026-q2", "2026-03-31T13:00", "2026-06-30T13:30"],
  ["Australia/Lord_Howe", "2026-q3", "2026-06-30T13:30", "2026-09-30T13:30"],
  ["Australia/Lord_Howe", "2025-q4", "2025-09-30T13:30", "2025-12-31T13:00"],
  // The first day of the quarter has no midnight.
  ["Asia/Amman", "2011-q2", "2011-03-31T22:00", "2011-06-30T21:00"],
  // Samoa left a whole day out.
  ["Pacific/Apia", "2011-q4", "2011-10-01T10:00", "2011-12-31T10:00"],
])("%s, %s: to the microsecond, at both edges", async (zone, slug, begins, ends) => {
  version += 1;
  await insert(s.owner, "policy_versions", { version, body: { ...policy14, zone } });
  const [first, end] = [`${begins}:00.000000Z`, `${ends}:00.000000Z`];
  const name = (words: string) => `${version} ${words}`;
  const agent = (from: string, to?: string) => [
    { role: "agent" as const, from, ...(to && { to }) },
  ];
  const long = "2009-01-01T00:00Z";
  await w.person(name("taken at the first instant"), agent(long, first));
  await w.person(name("taken after it"), agent(long, beside(first, "after")));
  await w.person(name("given at the last"), agent(beside(end, "before")));
  await w.person(name("given at the end"), agent(end));
  await w.person(name("given and taken at once"), agent(first, beside(first, "after")));

  const year = slug.slice(0, 4);
  const quarter = Number(slug.slice(-1));
  const day = (month: number, of: number) =>
    new Date(Date.UTC(Number(year), month, of)).toISOString().slice(0, 10);
  const period = { firstDay: day(3 * quarter - 3, 1), lastDay: day(3 * quarter, 0) };
  const opened = valueIn(await openCampaign(w.cora, period));
  expect(opened.slug.startsWith(slug)).toBe(true);
  const { rows } = await s.owner.query(
    `select c.starts_at as begins, c.ends_at as ends, array_agg(substr(i.name, 4) order by i.name) filter (where i.name like $2) as names
       from campaigns c join review_items i on i.campaign_id = c.id where c.id = $1 group by c.id`,
    [opened.id, `${version} %`],
  );
  expect(rows).toEqual([
    {
      ...{ begins: new Date(first), ends: new Date(end) },
      names: ["given and taken at once", "given at the last", "taken after it"],
    },
  ]);
});

test("where everybody is too near, an item is nobody's, and the review says so", async () => {
  version += 1;
  await insert(s.owner, "policy_versions", { version, body: { ...policy14, zone: "UTC" } });
  for (const id of [s.max, s.mia, s.moe]) await takeRole(s.owner, id, "manager");
  const since = "2024-06-01T00:00Z";
  const only = await w.person("only manager", [{ role: "manager", from: since }]);
  await w.person("theirs", [{ role: "agent", from: since, by: only }], { manager_id: only });
  await w.person("cora's and theirs", [
    { role: "agent", from: since, by: w.cora.actor.id },
    { role: "agent", from: "2024-01-01T00:00Z", to: "2024-02-01T00:00Z" },
  ]);
  // The only one of compliance, who got it from the only manager.
  await s.owner.query("update staff_roles set granted_by = $2 where staff_id = $1", [
    w.cora.actor.id,
    only,
  ]);
  // Whoever leads both reports to nobody, and the only manager to them.
  const head = await w.person("head", [{ role: "agent", from: since }]);
  await s.owner.query("update staff set manager_id = $2 where id = any($1)", [
    [w.cora.actor.id, only],
    head,
  ]);
  const { id } = valueIn(
    await openCampaign(w.cora, { firstDay: "2026-01-01", lastDay: "2026-03-31" }),
  );
  const { rows } = await s.owner.query(
    `select i.name, r.name as reviewer, i.reviewer_how as how from review_items i left join staff r on r.id = i.reviewer_id
       where i.campaign_id = $1 and i.name = any($2) order by i.name`,
    [id, ["only manager", "theirs", "cora", "head", "cora's and theirs"]],
  );
  expect(rows).toEqual([
    { name: "cora", reviewer: null, how: null },
    { name: "cora's and theirs", reviewer: "only manager", how: "other_manager" },
    { name: "head", reviewer: null, how: null },
    { name: "only manager", reviewer: "cora", how: "compliance" },
    { name: "theirs", reviewer: "cora", how: "compliance" },
  ]);
});

test("accounts of a day with two midnights are those of its sessions", async () => {
  version += 1;
  const havana = { ...policy14, zone: "America/Havana" };
  await insert(s.owner, "policy_versions", { version, body: havana });
  const day = { firstDay: "2025-11-02", lastDay: "2025-11-02" };
  const nan = await w.person("nan", []);
  // Half past midnight, an hour before it is half past midnight again.
  await worked(s, [{ who: nan, at: "2025-11-02T04:30:00Z", subject: s.jane }]);
  await rollUpAll(w.worker);
  expect(await personFigures(w.worker.db, nan, day)).toMatchObject({ sessions: 1, accounts: 1 });
});

test("a quarter in which nobody held anything is a review of nobody, which can be closed", async () => {
  const { id, counts } = valueIn(
    await openCampaign(w.cora, { firstDay: "2003-01-01", lastDay: "2003-03-31" }),
  );
  expect(counts).toMatchObject({ grants: 0, people: 0, byRole: {} });
  expect(counts.onRecord?.givenAfter).toBe(counts.onRecord?.grants);
  const statement = "Nobody held any right in this quarter.";
  valueIn(
    await closeCampaign(w.cora, { campaignId: id, statement, ownerEmail: "", expiresOn: "" }),
  );
});
