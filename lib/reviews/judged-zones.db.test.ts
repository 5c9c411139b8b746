import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { worked } from "#db/testing/worked.ts";
import { readPast } from "#lib/impersonation/queries.ts";
import { readFigures } from "#lib/usage/read-figures.ts";
import { rollUp } from "#lib/usage/roll-up.ts";
import { compared, rawCounts } from "#lib/usage/testing.ts";
import { openCampaign } from "./open-campaign.ts";
import { codeOf, underReview, valueIn } from "./testing.ts";

const quarter = { firstDay: "2026-01-01", lastDay: "2026-03-31" };

/*
 * Companies whose hours begin at a quarter to, or whose clocks change by half an hour. By hand: when the first quarter of 2026
 * begins and ends there, and of a session at each edge the weekday (Monday is 1) and hour of its start.
 */
test.each([
  // +05:45 all year.
  ["Asia/Kathmandu", "2025-12-31T18:15", "2026-03-31T18:15", [4, 0], [2, 23]],
  // +11:00 in summer, +10:30 from 5 April.
  ["Australia/Lord_Howe", "2025-12-31T13:00", "2026-03-31T13:00", [4, 0], [2, 23]],
  // +13:45 in summer, +12:45 from 5 April.
  ["Pacific/Chatham", "2025-12-31T10:15", "2026-03-31T10:15", [4, 0], [2, 23]],
  // +13:00, without summer time since 2021.
  ["Pacific/Apia", "2025-12-31T11:00", "2026-03-31T11:00", [4, 0], [2, 23]],
  // -03:30 in winter, -02:30 from 8 March.
  ["America/St_Johns", "2026-01-01T03:30", "2026-04-01T02:30", [4, 0], [2, 23]],
])("%s: edges, weeks and hours are of its clocks", async (zone, begins, ends, first, last) => {
  const s = await scene();
  const w = await underReview(s);
  await insert(s.owner, "policy_versions", { version: 15, body: { ...policy14, zone } });
  const nan = await w.person("nan", [], { zone });
  const before = (at: string) =>
    `${new Date(Date.parse(`${at}Z`) - 1000).toISOString().slice(0, 19)}.999999Z`;
  const [from, to] = [`${begins}:00.000000Z`, `${ends}:00.000000Z`];
  const at = (when: string, views: number) => ({ who: nan, at: when, subject: s.jane, views });
  await worked(s, [at(before(begins), 1), at(from, 2), at(before(ends), 3), at(to, 4)]);
  await insert(s.owner, "staff_roles", {
    ...{ id: "019a0000-0000-7000-8000-00000000000a", staff_id: nan, role: "agent" },
    granted_at: "2025-01-01Z",
  });
  const opened = valueIn(await openCampaign(w.cora, quarter));
  const { rows } = await s.owner.query(
    "select sessions, last_used_at from review_items where campaign_id = $1 and staff_id = $2",
    [opened.id, nan],
  );
  expect(rows).toEqual([{ sessions: 2, last_used_at: new Date(before(ends)) }]);

  await rollUp(w.worker);
  const figures = await readFigures(w.cora, quarter);
  expect(figures.totals).toMatchObject({ sessions: 2, reads: 5 });
  expect(figures.totalsBefore).toMatchObject({ sessions: 1, reads: 1 });
  expect(figures.weeks.map(({ monday, sessions }) => [monday, sessions])).toEqual([
    ["2025-12-29", 1],
    ["2026-03-30", 1],
  ]);
  const hours = figures.hours.map(({ weekday, hour }) => [weekday, hour]);
  expect(hours.toSorted()).toEqual([first, last].toSorted());
  const span = { from: quarter.firstDay, to: quarter.lastDay, zone };
  for (const { weekday, hour, sessions } of figures.hours) {
    const behind = await readPast(w.cora, { ...span, weekday, hour }, {}, 100);
    expect(behind.rows).toHaveLength(sessions);
  }
  for (const table of Object.keys(rawCounts("$1"))) {
    const { kept, raw } = await compared(s.owner, table, zone);
    expect(kept, table).toEqual(raw);
  }
});

test("a review of one day holds that day: of 23 hours, of 25, of half an hour more", async () => {
  const s = await scene();
  const w = await underReview(s);
  let version = 14;
  for (const [zone, day, begins, ends] of [
    ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00", "2026-03-29T22:00"],
    ["Europe/Berlin", "2025-10-26", "2025-10-25T22:00", "2025-10-26T23:00"],
    ["Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00", "2026-04-05T13:30"],
    // The clocks went back from midnight to half past eleven of the day before.
    ["Asia/Pyongyang", "2015-08-15", "2015-08-14T15:30", "2015-08-15T15:30"],
    // The day began at a quarter past midnight.
    ["Asia/Kathmandu", "1986-01-01", "1985-12-31T18:30", "1986-01-01T18:15"],
    // It has two midnights: it begins with the first.
    ["America/Havana", "2025-11-02", "2025-11-02T04:00", "2025-11-03T05:00"],
  ] as const) {
    version += 1;
    await insert(s.owner, "policy_versions", { version, body: { ...policy14, zone } });
    const { id } = valueIn(await openCampaign(w.cora, { firstDay: day, lastDay: day }));
    const { rows } = await s.owner.query(
      "select starts_at as begins, ends_at as ends from campaigns where id = $1",
      [id],
    );
    expect(rows, `${zone} ${day}`).toEqual([
      { begins: new Date(`${begins}Z`), ends: new Date(`${ends}Z`) },
    ]);
  }
  // Samoa had no 30 December 2011: there is nothing to review, and that is said.
  await insert(s.owner, "policy_versions", {
    version: version + 1,
    body: { ...policy14, zone: "Pacific/Apia" },
  });
  const none = { firstDay: "2011-12-30", lastDay: "2011-12-30" };
  expect(codeOf(await openCampaign(w.cora, none))).toBe("invalid");
});
