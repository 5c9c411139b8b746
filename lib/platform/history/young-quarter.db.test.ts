import type pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addDays, quarterOf } from "#db/seed/history/calendar.ts";
import { testDatabase } from "#db/testing/database.ts";
import { dueParts } from "./part.ts";
import { seedHistory } from "./seed-history.ts";
import { demoWithCustomers } from "./testing.ts";

const database = await testDatabase();
const { owner, ownerUrl } = database;
const { firstDay } = quarterOf(new Date().toISOString().slice(0, 10), 1);
const now = new Date(`${addDays(firstDay, 5)}T10:00:00Z`);
let client: pg.Client;
beforeAll(async () => {
  client = await demoWithCustomers(database);
  await seedHistory(ownerUrl, await dueParts(ownerUrl), AbortSignal.timeout(60_000), now);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

it("in the first days of a quarter the newer review opened by itself, and everything has happened", async () => {
  const { rows } = await owner.query(
    `select c.status, c.opened_by, c.last_day::text as until, count(*) filter (where i.decision is not null) > 5 as decided,
       count(*) filter (where i.decision is null and i.ended_at is null) > 3 as open
     from campaigns c join review_items i on i.campaign_id = c.id group by c.id order by c.first_day`,
  );
  expect(rows).toEqual([
    {
      status: "closed",
      opened_by: null,
      until: quarterOf(firstDay, 2).lastDay,
      decided: true,
      open: false,
    },
    {
      status: "open",
      opened_by: null,
      until: quarterOf(firstDay, 1).lastDay,
      decided: true,
      open: true,
    },
  ]);
  const { rows: later } = await owner.query(
    `select e.event from audit_entry e where e.occurred_at > $1 and e.event not like 'directory.%'
     union all select 'finding' from findings where greatest(raised_at, asked_at, answered_at, disposed_at) > $1
     union all select 'decision' from review_decisions where decided_at > $1
     union all select 'look' from review_looks where at > $1
     union all select 'reminder' from review_reminders where at > $1
     union all select 'role' from staff_roles where greatest(granted_at, revoked_at) > $1`,
    [now],
  );
  expect(later).toEqual([]);
});
