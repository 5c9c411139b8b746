import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { daysAway } from "#db/testing/days.ts";
import { scene } from "#db/testing/scene.ts";
import { end } from "#db/testing/steps.ts";
import { openCampaign } from "./open-campaign.ts";
import { codeOf, underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const { person } = w;

type Item = Record<string, unknown> & { name: string; role: string };
const itemsOf = async (slug: string): Promise<Item[]> =>
  (
    await s.owner.query(
      `select i.*, r.name as reviewer from review_items i join campaigns c on c.id = i.campaign_id
         left join staff r on r.id = i.reviewer_id where c.slug = $1 order by i.number`,
      [slug],
    )
  ).rows;
const of = (items: Item[], name: string) => items.filter((item) => item.name === name);
const opened = async (firstDay: string, lastDay: string) => {
  const review = valueIn(await openCampaign(w.cora, { firstDay, lastDay }));
  return { ...review, items: await itemsOf(review.slug) };
};
const since = "2025-01-01Z";
const gone = { status: "deactivated", deactivated_at: "2026-08-14Z" };

await person("two roles", [
  { role: "agent", from: since },
  { role: "manager", from: since },
]);
await person("leaver", [{ role: "agent", from: since }], gone);
await person("dormant", [{ role: "admin", from: since }]);
await person("service", [{ role: "agent", from: since }], { kind: "service" });
await person("inside", [{ role: "agent", from: "2026-08-01Z", to: "2026-08-20Z", by: s.max }]);
await person("again", [
  { role: "agent", from: since, to: "2026-07-20Z" },
  { role: "agent", from: "2026-08-01Z" },
]);
await person("before", [{ role: "agent", from: since, to: "2026-06-30T12:00Z" }]);
await person("after", [{ role: "agent", from: "2026-10-02Z" }]);
await person("ends at the edge", [{ role: "agent", from: since, to: "2026-07-01T00:00Z" }]);
await person("ends after it", [{ role: "agent", from: since, to: "2026-07-01T00:00:00.000001Z" }]);
await person("begins at the edge", [{ role: "agent", from: "2026-10-01T00:00Z" }]);
await person("begins before it", [{ role: "agent", from: "2026-09-30T23:59:59.999999Z" }]);
const kim = await person("kim", [{ role: "manager", from: since }]);
const lee = await person("lee", [{ role: "manager", from: since }], { manager_id: kim });
await s.owner.query("update staff set manager_id = $1 where id = $2", [lee, kim]);
await person("led by kim", [{ role: "agent", from: since }], { manager_id: kim });
await person("given by kim", [{ role: "agent", from: since, by: kim }], { manager_id: kim });

test("the population of a quarter is every grant that was held at any time of it", async () => {
  const { slug, counts, items } = await opened("2026-07-01", "2026-09-30");
  expect(slug).toBe("2026-q3");
  expect(of(items, "two roles").map((item) => item.role)).toEqual(["agent", "manager"]);
  expect(of(items, "leaver")).toMatchObject([{ status: "deactivated", ended_at: null }]);
  expect(of(items, "dormant")).toMatchObject([{ last_used_at: null, privileged: true }]);
  expect(of(items, "service")).toMatchObject([{ kind: "service" }]);
  expect(of(items, "inside")).toMatchObject([
    { ended_at: new Date("2026-08-20Z"), source: "panel", granted_by_name: "max" },
  ]);
  expect(of(items, "again")).toHaveLength(2);
  expect(of(items, "before")).toEqual([]);
  expect(of(items, "after")).toEqual([]);
  expect(of(items, "ends at the edge")).toEqual([]);
  expect(of(items, "ends after it")).toHaveLength(1);
  expect(of(items, "begins at the edge")).toEqual([]);
  expect(of(items, "begins before it")).toHaveLength(1);
  expect(counts).toMatchObject({ grants: items.length, deactivated: 1, service: 1, ended: 3 });
  expect(counts.people).toBe(new Set(items.map((item) => item.staff_id)).size);
  expect(items.map((item) => item.number)).toEqual(items.map((_, i) => i + 1));
});

test("the query that is kept gives the same grants again, and the hash can be made again", async () => {
  const { rows } = await s.owner.query("select id, query, opened_entry_id from campaigns");
  const items = await itemsOf("2026-q3");
  const again = await s.owner.query(`${rows[0].query} order by number`);
  expect(again.rows.map((row) => row.grant_id)).toEqual(items.map((item) => item.grant_id));
  const lines = await s.owner.query(
    `select concat_ws(' ', number, grant_id, staff_id, email, role, to_char(granted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
       coalesce(granted_by::text, '-'), coalesce(to_char(ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '-')) as line
     from review_items order by number`,
  );
  const text = lines.rows.map((row) => `${row.line}\n`).join("");
  const { rows: entries } = await s.owner.query(
    "select body::jsonb as body from audit_payload where entry_id = $1",
    [rows[0].opened_entry_id],
  );
  expect(entries[0].body.population_sha256).toBe(createHash("sha256").update(text).digest("hex"));
  expect(entries[0].body.counts.grants).toBe(items.length);
});

test("nobody reviews themselves, who they gave it to, or who they report to", async () => {
  const items = await itemsOf("2026-q3");
  expect(of(items, "led by kim")).toMatchObject([{ reviewer: "kim", reviewer_how: "manager" }]);
  // Kim gave it, and above Kim is Lee.
  expect(of(items, "given by kim")).toMatchObject([
    { reviewer: "lee", reviewer_how: "higher_manager" },
  ]);
  for (const name of ["kim", "lee"]) {
    const [item] = of(items, name);
    expect(["kim", "lee"]).not.toContain(item?.reviewer);
    expect(item?.reviewer_how).toBe("other_manager");
  }
  expect(items.every((item) => item.reviewer_id && item.reviewer_id !== item.staff_id)).toBe(true);
  const { rows } = await s.owner.query(
    "select count(*) as n from review_items i where reports_to(i.reviewer_id, i.staff_id) or i.reviewer_id = i.granted_by",
  );
  expect(rows).toEqual([{ n: 0 }]);
});

test("those without a manager who may are spread evenly among the others", async () => {
  const items = (await itemsOf("2026-q3")).filter((item) => item.reviewer_how === "other_manager");
  const by = new Map<unknown, number>();
  for (const item of items) by.set(item.reviewer, (by.get(item.reviewer) ?? 0) + 1);
  const shares = [...by.values()];
  expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(2);
  expect(by.size).toBeGreaterThanOrEqual(5);
});

test("each item has its assignment of the opening", async () => {
  const { rows } = await s.owner.query(
    `select count(*) as n from review_assignments a join review_items i on i.id = a.item_id
       join campaigns c on c.id = i.campaign_id
     where a.reviewer_id = i.reviewer_id and a.how = i.reviewer_how and a.at = c.opened_at and a.entry_id = c.opened_entry_id`,
  );
  expect(rows).toEqual([{ n: (await itemsOf("2026-q3")).length }]);
});

const inZone = async (zone: string) => {
  await s.owner.query(
    `insert into policy_versions (version, body) select max(version) + 1, (select body from policy_versions where version = 14) || $1
       from policy_versions`,
    [{ zone }],
  );
};
const edgesOf = async (slug: string) =>
  (await s.owner.query("select starts_at, ends_at from campaigns where slug = $1", [slug])).rows;

test("a quarter begins and ends by the company's clocks", async () => {
  await inZone("Europe/Berlin");
  const { slug, items } = await opened("2026-01-01", "2026-03-31");
  expect(slug).toBe("2026-q1");
  // One hour before UTC in winter, two in summer.
  expect(await edgesOf(slug)).toEqual([
    { starts_at: new Date("2025-12-31T23:00Z"), ends_at: new Date("2026-03-31T22:00Z") },
  ]);
  expect(of(items, "before")).toHaveLength(1);
});

test("a day without a midnight begins when the clocks go on", async () => {
  await inZone("America/Asuncion");
  const { slug } = await opened("2023-10-01", "2023-12-31");
  expect(slug).toBe("2023-q4");
  expect(await edgesOf(slug)).toEqual([
    { starts_at: new Date("2023-10-01T04:00Z"), ends_at: new Date("2024-01-01T03:00Z") },
  ]);
  await inZone("America/Santiago");
  const spring = await opened("2026-09-06", "2026-09-30");
  expect(spring.slug).toBe("2026-09-06-to-2026-09-30");
  expect(await edgesOf(spring.slug)).toEqual([
    { starts_at: new Date("2026-09-06T04:00Z"), ends_at: new Date("2026-10-01T03:00Z") },
  ]);
  expect(of(spring.items, "begins at the edge")).toHaveLength(1);
});

test("a day with two midnights begins at the first, and none is in between", async () => {
  await inZone("America/Havana");
  const after = await opened("2026-11-01", "2026-11-02");
  const before = await opened("2026-10-01", "2026-10-31");
  const first = new Date("2026-11-01T04:00Z");
  expect(await edgesOf(after.slug)).toMatchObject([{ starts_at: first }]);
  expect(await edgesOf(before.slug)).toMatchObject([{ ends_at: first }]);
});

test("a second review of the same days has an address of its own", async () => {
  const { slug } = await opened("2026-07-01", "2026-09-30");
  expect(slug).toBe("2026-q3-2");
});

test("a period that still runs is complete up to the opening", async () => {
  const { id } = await opened(daysAway(-30), daysAway(30));
  const { rows } = await s.owner.query(
    "select through_at = opened_at as up_to_now, due_at > opened_at + interval '29 days' as later from campaigns where id = $1",
    [id],
  );
  expect(rows).toEqual([{ up_to_now: true, later: true }]);
});

test("only compliance opens one, of a period that has begun", async () => {
  const period = { firstDay: "2026-07-01", lastDay: "2026-09-30" };
  expect(codeOf(await openCampaign(w.max, period))).toBe("not_allowed");
  const next = { firstDay: "2100-01-01", lastDay: "2100-03-31" };
  expect(codeOf(await openCampaign(w.cora, next))).toBe("invalid");
});

test("an agent's sample has a tenth at least and is the same drawn again", async () => {
  const sessions: string[] = [];
  for (let n = 0; n < 12; n++) {
    const live = await s.live(s.ben);
    await s.commit((sql) => end(sql, live));
    sessions.push(live.id);
  }
  const { id } = await opened(daysAway(-30), daysAway(30));
  const { rows } = await s.owner.query(
    `select c.seed, i.sessions, i.last_used_at is not null as used, array_agg(x.session_id::text) as drawn
       from review_items i join campaigns c on c.id = i.campaign_id join review_samples x on x.item_id = i.id
       where c.id = $1 and i.staff_id = $2 group by c.seed, i.sessions, i.last_used_at`,
    [id, s.ben],
  );
  const place = (session: string) =>
    createHash("sha256").update(`${rows[0].seed} ${session}`).digest("hex");
  const again = sessions.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)).slice(0, 2);
  expect(rows).toMatchObject([{ sessions: 12, used: true }]);
  expect(rows[0].drawn.sort()).toEqual(again.sort());
});
