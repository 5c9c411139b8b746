import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { inTransaction, type Scene, scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { worked } from "#db/testing/worked.ts";
import { detectAll } from "#lib/findings/testing.ts";
import { openCampaign } from "./open-campaign.ts";
import { openDue } from "./open-due.ts";
import { underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);

const all = async () =>
  (await s.owner.query("select slug, opened_by, through_at = ends_at as whole from campaigns"))
    .rows;
const quarterThatIsOver = async () => {
  const { rows } = await s.owner.query(`select (q - interval '3 months')::date::text as "firstDay",
    (q - interval '1 day')::date::text as "lastDay" from date_trunc('quarter', clock_timestamp() at time zone 'UTC') q`);
  return rows[0];
};

test("nothing opens where the policy says that nothing does", async () => {
  const { reviews } = { reviews: { opensByItself: false } };
  const rest = { dueDays: 30, undecided: "revoke", exceptionDays: 30, sampleShare: 0.1 };
  await insert(s.owner, "policy_versions", {
    version: 15,
    body: { ...policy14, reviews: { ...rest, ...reviews, rushedDecisions: 40 } },
  });
  await openDue(w.worker);
  expect(await all()).toEqual([]);
  await insert(s.owner, "policy_versions", { version: 16, body: policy14 });
});

/** Nobody of this scene held a right before. */
const sinceTheQuarter = async (of: Pick<Scene, "owner">) => {
  const { firstDay } = await quarterThatIsOver();
  await inTransaction(of.owner, (sql) =>
    restingTriggers(sql, "staff_roles", () =>
      sql.query("update staff_roles set granted_at = greatest(granted_at, $1)", [firstDay]),
    ),
  );
};

test("two workers open the quarter that is over once", async () => {
  await sinceTheQuarter(s);
  await Promise.all([openDue(w.worker), openDue(w.worker), openDue(w.worker)]);
  await openDue(w.worker);
  expect(await all()).toMatchObject([{ opened_by: null, whole: true }]);
  const { rows } = await s.owner.query(
    "select count(*) as n from audit_entry where event = 'review.opened' and actor_id is null",
  );
  expect(rows).toEqual([{ n: 1 }]);
});

test.each([
  ["waits until it is", "1 minute", 0],
  ["waits no longer where detectors are stuck for a day", "25 hours", 1],
])("a quarter that is not looked at to its end %s", async (_, since, opened) => {
  const other = await scene();
  const there = await underReview(other);
  const campaigns = async () => (await other.owner.query("select slug from campaigns")).rows.length;
  await there.person("old", [{ role: "agent", from: "2019-01-01Z" }]);
  await detectAll(there.worker);
  const { lastDay } = await quarterThatIsOver();
  const who = await there.person("busy", []);
  await worked(other, [{ who, at: `${lastDay}T10:00:00Z`, subject: other.jane }]);
  await other.owner.query(
    "update entry_readers set since = '-infinity', seen = 0, looked_at = clock_timestamp() - $1::interval where name = 'findings'",
    [since],
  );
  await openDue(there.worker);
  expect(await campaigns()).toBe(opened);
  await detectAll(there.worker);
  await openDue(there.worker);
  expect(await campaigns()).toBe(1);
});

test("the first that opens by itself is the last quarter, however long somebody held a right", async () => {
  const other = await scene();
  const there = await underReview(other);
  await there.person("old", [{ role: "agent", from: "2019-01-01Z" }]);
  for (let round = 1; round <= 3; round++) await openDue(there.worker);
  expect((await other.owner.query("select 1 from campaigns")).rows).toHaveLength(1);
});

test("a quarter that was missed is opened too, the oldest first, one a round, eight at most", async () => {
  const other = await scene();
  const there = await underReview(other);
  await there.person("old", [{ role: "agent", from: "2019-01-01Z" }]);
  await openDue(there.worker);
  // As if it had been three years ago.
  await inTransaction(other.owner, (sql) =>
    restingTriggers(sql, "campaigns", () =>
      sql.query(`update campaigns set slug = 'long-ago', first_day = first_day - interval '36 months',
        last_day = first_day - interval '33 months' - interval '1 day', starts_at = starts_at - interval '36 months',
        ends_at = ends_at - interval '36 months', through_at = through_at - interval '36 months'`),
    ),
  );
  const slugs = async () =>
    (
      await other.owner.query(
        "select slug from campaigns where slug <> 'long-ago' order by opened_at",
      )
    ).rows.map(({ slug }) => slug);
  const quarters = (
    await other.owner.query(
      `select to_char(q, 'YYYY"-q"Q') as slug from date_trunc('quarter', clock_timestamp() at time zone 'UTC') n,
         generate_series(n - interval '24 months', n - interval '3 months', interval '3 months') q`,
    )
  ).rows.map(({ slug }) => slug);
  for (let round = 1; round <= 3; round++) {
    await openDue(there.worker);
    expect(await slugs()).toEqual(quarters.slice(0, round));
  }
  for (let round = 4; round <= 10; round++) await openDue(there.worker);
  expect(await slugs()).toEqual(quarters);
});

test("a review that was opened by hand and covers the quarter to its end is enough", async () => {
  const other = await scene();
  const there = await underReview(other);
  await sinceTheQuarter(other);
  valueIn(await openCampaign(there.cora, await quarterThatIsOver()));
  await openDue(there.worker);
  const { rows } = await other.owner.query("select opened_by from campaigns");
  expect(rows).toEqual([{ opened_by: there.cora.actor.id }]);
});

test("a quarter in which nobody held a right opens nothing", async () => {
  const other = await scene();
  const there = await underReview(other);
  await other.owner.query("alter table staff_roles disable trigger user");
  await other.owner.query("update staff_roles set granted_at = clock_timestamp()");
  await openDue(there.worker);
  expect((await other.owner.query("select 1 from campaigns")).rows).toEqual([]);
});
