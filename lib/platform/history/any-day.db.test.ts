import { describe, expect, it } from "vitest";
import { addDays, quarterOf } from "#db/seed/history/calendar.ts";
import { testDatabase } from "#db/testing/database.ts";
import { detectorRules } from "#lib/findings/detector-rules.ts";
import { dueParts } from "./part.ts";
import { seedHistory } from "./seed-history.ts";
import { demoWithCustomers } from "./testing.ts";

const lastQuarter = quarterOf("2026-11-28", 1);
const firstDay = (before: number) => quarterOf(lastQuarter.firstDay, before).firstDay;

// The first start may come on any day: while the newer review has just opened by itself, or beside the older one.
describe.each([
  ["on the sixth day of a quarter", 5, [firstDay(2), firstDay(1)]],
  ["in the fourth week of a quarter", 24, [firstDay(1), firstDay(0)]],
])("told %s", (_, days, quarters) => {
  it("has one review closed and one open, findings of each kind, and nothing that has not happened", async () => {
    const database = await testDatabase();
    const client = await demoWithCustomers(database);
    try {
      const now = new Date(`${addDays(lastQuarter.firstDay, days)}T10:00:00Z`);
      const { ownerUrl } = database;
      await seedHistory(ownerUrl, await dueParts(ownerUrl), AbortSignal.timeout(240_000), now);
      const { rows: reviews } = await client.query(
        `select c.status, c.first_day::text as begins, count(*) filter (where i.decision is not null) > 5 as decided,
           count(*) filter (where i.decision is null and i.ended_at is null) > 3 as waiting
         from campaigns c join review_items i on i.campaign_id = c.id group by c.id order by c.first_day`,
      );
      expect(reviews).toEqual([
        { status: "closed", begins: quarters[0], decided: true, waiting: false },
        { status: "open", begins: quarters[1], decided: true, waiting: true },
      ]);
      const { rows: kinds } = await client.query("select distinct detector from findings");
      expect(kinds).toHaveLength(detectorRules.length);
      const { rows: later } = await client.query(
        `select e.event from audit_entry e where e.occurred_at > $1
         union all select 'finding' from findings where greatest(raised_at, asked_at, answered_at, disposed_at) > $1
         union all select 'decision' from review_decisions where decided_at > $1
         union all select 'look' from review_looks where at > $1
         union all select 'reminder' from review_reminders where at > $1
         union all select 'role' from staff_roles where greatest(granted_at, revoked_at) > $1`,
        [now],
      );
      expect(later).toEqual([]);
      const { rows: without } = await client.query(
        `select s.number from sessions s where not exists (select from staff_roles g where g.staff_id = s.actor_id
           and g.role = 'agent' and g.granted_at <= s.started_at and (g.revoked_at is null or g.revoked_at > s.started_at))
         union all select i.number from review_decisions d join review_items i on i.id = d.item_id
           join campaigns c on c.id = i.campaign_id where d.decided_at <= c.opened_at`,
      );
      expect(without).toEqual([]);
    } finally {
      await client.end();
      await database.drop();
    }
  });
});
