import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { addAccount, addSubject } from "#db/testing/people.ts";
import { quarterOfWork } from "#db/testing/quarter-of-work.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { begins, ends, quarter, trapped } from "#db/testing/trapped.ts";
import { worked } from "#db/testing/worked.ts";
import { type PastFilter, readPast } from "#lib/impersonation/queries.ts";
import { figuresBetween } from "#lib/usage/exact.ts";
import { lookAtPeople } from "#lib/usage/look-at-people.ts";
import { daysAfter } from "#lib/usage/period.ts";
import { personFigures } from "#lib/usage/person.ts";
import { readFigures } from "#lib/usage/read-figures.ts";
import { compared, rawCounts, rollUpAll } from "#lib/usage/testing.ts";
import { figuresOf } from "./figures-of.ts";
import { findItem } from "./item.ts";
import { itemNumbers } from "./item-numbers.ts";
import { openCampaign } from "./open-campaign.ts";
import { underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const berlin = { ...policy14, zone: "Europe/Berlin" };
await insert(s.owner, "policy_versions", { version: 15, body: berlin });
const elsa = await addSubject(
  s.owner,
  s.product,
  await addAccount(s.owner, s.product, "enterprise"),
);

const idOf = await trapped(s, (id) => worked(s, quarterOfWork(s, id, elsa)));
const { slug } = valueIn(await openCampaign(w.cora, quarter));
await rollUpAll(w.worker);

const itemsOf = async (name: string) => {
  const { rows } = await s.owner.query<{ number: number }>(
    `select number from review_items where staff_id = $1 order by role, granted_at`,
    [name === "max" ? s.max : idOf(name)],
  );
  const found = await Promise.all(
    rows.map(({ number }) => findItem(w.worker.db, { slug, number })),
  );
  return found.flatMap((item) => item ?? []);
};
const did = async (name: string) =>
  Promise.all((await itemsOf(name)).map(async (item) => (await figuresOf(w.worker.db, item)).now));

test.each([
  ["two roles", [4, "2026-03-31T21:59:59.999Z"], [0, null]],
  ["leaver", [1, "2026-02-14T09:50:00.000Z"]],
  ["taken and given anew", [2, "2026-01-19T10:00:00.000Z"], [1, "2026-03-02T10:00:00.000Z"]],
  ["acting, then looking", [1, "2026-01-15T10:00:00.000Z"], [1, "2026-02-20T10:00:00.000Z"]],
  ["dormant", [0, "2024-07-01T10:00:00.000Z"]],
  ["gone for long", [0, "2025-10-31T10:00:00.000Z"]],
  ["orphan", [0, null]],
  ["led by kim", [1, "2026-02-02T10:00:00.000Z"]],
  ["max", [0, "2026-03-28T22:51:00.000Z"]],
])("%s: sessions of the quarter and last use, of each grant its own", async (name, ...expected) => {
  const items = await itemsOf(name);
  expect(
    items.map(({ sessions, lastUsedAt }) => [sessions, lastUsedAt?.toISOString() ?? null]),
  ).toEqual(expected);
});

test("the sessions of all items are those of the quarter, each once", async () => {
  const { rows } = await s.owner.query(
    `select (select sum(sessions)::integer from review_items) as items, count(*)::integer as entries from audit_entry
       where event = 'session.started' and occurred_at >= $1 and occurred_at < $2`,
    [begins, ends],
  );
  expect(rows).toEqual([{ items: 11, entries: 11 }]);
});

test("what they did with it, counted by hand", async () => {
  const [agent, manager] = await did("two roles");
  expect(agent).toMatchObject({
    ...{ sessions: 4, acting: 2, sensitive: 1, outside: 4, accounts: 2, seconds: 4200, ended: 4 },
    ...{ wrote: 2, reads: 8, writes: 5, data: 2, configuration: 1, messages: 1, exports: 1 },
    ...{ refusals: 2, breakGlass: 0, findings: 0 },
  });
  expect(manager).toMatchObject({ approved: 0, denied: 0 });
  expect(await did("taken and given anew")).toMatchObject([
    { sessions: 2, sensitive: 1, accounts: 2, reads: 1, refusals: 0, seconds: 1200 },
    { sessions: 1, sensitive: 0, accounts: 1, reads: 0, refusals: 1, seconds: 600 },
  ]);
  expect(await did("acting, then looking")).toMatchObject([
    { sessions: 1, acting: 1, wrote: 1, writes: 1 },
    { sessions: 1, acting: 0, wrote: 0, reads: 1 },
  ]);
  expect(await did("led by kim")).toMatchObject([{ sessions: 1, ended: 1, seconds: 300 }]);
  expect(await did("max")).toMatchObject([{ approved: 2, denied: 0, quick: 1 }]);
});

test("the quarter before is what was before", async () => {
  const [item] = await itemsOf("two roles");
  if (!item) throw new Error("No item");
  expect((await figuresOf(w.worker.db, item)).before).toMatchObject({
    ...{ sessions: 1, reads: 1, seconds: 1800, accounts: 1 },
  });
});

test("the dashboard is the raw count, by week, hour, person and approver", async () => {
  const figures = await readFigures(w.cora, quarter);
  expect(figures.totals).toMatchObject({
    ...{ sessions: 11, acting: 3, sensitive: 2, outside: 5, wrote: 3, ended: 11 },
    ...{ reads: 10, writes: 6, exports: 1, refusals: 3, seconds: 4200 + 600 + 1800 + 1200 + 300 },
  });
  expect(figures.totalsBefore).toMatchObject({ sessions: 2, reads: 2 });
  const sum = (of: { sessions: number }[]) => of.reduce((n, { sessions }) => n + sessions, 0);
  expect(sum(figures.weeks)).toBe(11);
  expect(sum(figures.hours)).toBe(11);
  // 1 January is in the week that begins in December; the 31 March in that of the 30th.
  expect(
    figures.weeks.map(({ monday, tier, scope, sessions }) => [monday, tier, scope, sessions]),
  ).toEqual([
    ["2025-12-29", "standard", "read", 1],
    ["2026-01-12", "standard", "read", 1],
    ["2026-01-12", "standard", "write", 1],
    ["2026-01-19", "enterprise", "read", 1],
    ["2026-02-02", "standard", "read", 1],
    ["2026-02-09", "standard", "read", 1],
    ["2026-02-09", "standard", "write", 1],
    ["2026-02-16", "standard", "read", 1],
    ["2026-03-02", "standard", "read", 1],
    ["2026-03-23", "regulated", "read", 1],
    ["2026-03-30", "standard", "write", 1],
  ]);
  expect(figures.approvals).toMatchObject({ approved: 2, denied: 1, quick: 1, people: 2 });
  expect((await lookAtPeople(w.cora, quarter))?.deciders).toMatchObject([
    { name: "max", approved: 2, denied: 0, quick: 1, seconds: 32 },
    { name: "mia", approved: 0, denied: 1, seconds: 600 },
  ]);
  for (const table of Object.keys(rawCounts("$1"))) {
    const { kept, raw } = await compared(s.owner, table, "Europe/Berlin");
    expect(kept, table).toEqual(raw);
  }
});

test("behind each bar of the dashboard are as many sessions as it says", async () => {
  const { weeks, hours } = await readFigures(w.cora, quarter);
  const behind = async (filter: PastFilter) =>
    (await readPast(w.cora, { ...filter, zone: "Europe/Berlin" }, {}, 100)).rows.length;
  const { firstDay, lastDay } = quarter;
  for (const { monday, tier, scope, sessions } of weeks) {
    const [, from] = [monday, firstDay].sort();
    const [to] = [daysAfter(monday, 6), lastDay].sort();
    expect(await behind({ from, to, tier, scope }), `${monday} ${tier} ${scope}`).toBe(sessions);
  }
  for (const { weekday, hour, sessions } of hours)
    expect(await behind({ from: firstDay, to: lastDay, weekday, hour })).toBe(sessions);
});

test("of two grants, a person of the dashboard leads to the one that is held", async () => {
  const id = idOf("taken and given anew");
  const [, held] = await itemsOf("taken and given anew");
  expect((await itemNumbers(w.worker.db, slug, [id])).get(id)).toBe(held?.number);
});

test("what somebody did by a grant that has ended is sampled with the one that is held", async () => {
  const { rows } = await s.owner.query<{ granted: Date; n: number }>(
    `select i.granted_at as granted, count(x.session_id)::integer as n from review_items i left join review_samples x on x.item_id = i.id
       where i.staff_id = $1 group by 1 order by 1`,
    [idOf("acting, then looking")],
  );
  // A tenth of two, at least one.
  expect(rows.map(({ n }) => n)).toEqual([0, 1]);
  const { rows: few } = await s.owner.query<{ sessions: number }>(
    `select (select count(*)::integer from sessions s where s.actor_id = i.staff_id and s.started_at >= c.starts_at and s.started_at < c.through_at) as sessions
       from review_items i join campaigns c on c.id = i.campaign_id
       where i.role = 'agent' and i.ended_at is null and not exists (select from review_samples x where x.item_id = i.id)`,
  );
  expect(few.map(({ sessions }) => sessions)).toEqual(few.map(() => 0));
});

test("counted from the entries or from the rollups: the same of everybody", async () => {
  const { rows } = await s.owner.query<{ id: string; name: string }>("select id, name from staff");
  const span = { from: begins, to: ends, known: "infinity" };
  for (const { id, name } of rows)
    expect(await figuresBetween(w.worker.db, id, span), name).toEqual(
      await personFigures(w.worker.db, id, quarter),
    );
});

test("a company that moves has other days, and its past review the figures that it had", async () => {
  const before = await did("two roles");
  const body = { ...policy14, zone: "America/Santiago" };
  await insert(s.owner, "policy_versions", { version: 16, body });
  await rollUpAll(w.worker);
  expect((await personFigures(w.worker.db, idOf("two roles"), quarter)).sessions).toBe(3);
  expect(await did("two roles")).toEqual(before);
});
