import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase } from "#db/testing/database.ts";
import { newId } from "#lib/kernel/ids.ts";
import { compared, rawCounts, rollUpAll } from "#lib/usage/testing.ts";
import { dueParts } from "./part.ts";
import { seedHistory } from "./seed-history.ts";
import { demoWithCustomers, toldAt } from "./testing.ts";

const database = await testDatabase();
const { owner, ownerUrl, runtime } = database;
let stop: () => Promise<void>;
beforeAll(async () => {
  const client = await demoWithCustomers(database);
  stop = () => client.end();
  await seedHistory(ownerUrl, await dueParts(ownerUrl), AbortSignal.timeout(240_000), toldAt);
  const from = { ip: null, userAgent: null, requestId: newId() };
  await rollUpAll({ ...from, db: drizzle(runtime), actor: { kind: "system", part: "worker" } });
});
afterAll(async () => {
  await stop();
  await database.drop();
});

it("has figures that are the raw count of its entries", async () => {
  const { rows } = await owner.query<{ zone: string }>("select zone from usage_zone");
  for (const table of Object.keys(rawCounts("$1"))) {
    const { kept, raw } = await compared(owner, table, rows[0]?.zone ?? "");
    expect(kept.length, table).toBeGreaterThan(1);
    expect(kept, table).toEqual(raw);
  }
});

it("has items whose sessions are those of their quarter, each once and by its own grant", async () => {
  const { rows } = await owner.query<{ items: number; entries: number }>(
    `select (select sum(sessions)::integer from review_items where campaign_id = c.id) as items,
       (select count(*)::integer from audit_entry where event = 'session.started' and occurred_at >= c.starts_at and occurred_at < c.through_at) as entries
     from campaigns c`,
  );
  expect(rows).toHaveLength(2);
  for (const { items, entries } of rows) {
    expect(items).toBeGreaterThan(100);
    expect(items).toBe(entries);
  }
});

it("has counts that add up with every grant that there was", async () => {
  const { rows } = await owner.query("select counts from campaigns");
  for (const { counts } of rows) {
    const { grants, endedBefore, givenAfter } = counts.onRecord;
    expect(grants).toBe(counts.grants + endedBefore + givenAfter);
  }
});

it("has nobody who reviews themselves, what they gave, or who they report to", async () => {
  const { rows } = await owner.query(
    `with recursive line (person, boss) as (
       select id, manager_id from staff where manager_id is not null
       union select l.person, s.manager_id from line l join staff s on s.id = l.boss where s.manager_id is not null)
     select i.name, i.role from review_items i left join staff r on r.id = i.reviewer_id
     where i.reviewer_id is null or i.reviewer_id in (i.staff_id, i.granted_by) or r.kind <> 'person'
       or (i.reviewer_id, i.staff_id) in (select person, boss from line)`,
  );
  expect(rows).toEqual([]);
});
