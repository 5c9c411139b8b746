import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "#db/testing/database.ts";
import { detectorRules } from "#lib/findings/detector-rules.ts";
import { dueParts } from "./part.ts";
import { seedHistory } from "./seed-history.ts";
import { demoWithCustomers, toldAt } from "./testing.ts";

const told = `timestamptz '${toldAt.toISOString()}'`;

const database = await testDatabase();
const { owner, ownerUrl } = database;
let client: pg.Client;
beforeAll(async () => {
  client = await demoWithCustomers(database);
  await seedHistory(ownerUrl, await dueParts(ownerUrl), AbortSignal.timeout(240_000), toldAt);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

describe("findings", () => {
  const kinds = async (where: string): Promise<string[]> => {
    const { rows } = await owner.query<{ detector: string }>(
      `select distinct detector from findings where ${where} order by 1`,
    );
    return rows.map(({ detector }) => detector);
  };

  it("are raised of each kind that there is yet, by the detectors themselves", async () => {
    const names = detectorRules.map(({ name }) => name).toSorted();
    expect(await kinds("true")).toEqual(names);
  });

  it("are disposed of where they are old, by somebody else, and open where they are new, some of them late", async () => {
    expect((await kinds("status <> 'open'")).length).toBeGreaterThan(5);
    expect((await kinds("status = 'open'")).length).toBeGreaterThan(5);
    expect((await kinds(`status = 'open' and due_at < ${told}`)).length).toBeGreaterThan(0);
    expect((await kinds("status = 'open' and answer is not null")).length).toBeGreaterThan(0);
    expect(await kinds(`status = 'open' and raised_at < ${told} - interval '17 days'`)).toEqual([]);
  });

  it("have their times in their order, and entries of the same times", async () => {
    const { rows } = await owner.query(
      `select f.number from findings f left join audit_entry r on r.id = f.raised_entry_id
         left join audit_entry d on d.id = f.disposed_entry_id
       where raised_at < first_at or asked_at < raised_at or answered_at < asked_at
         or disposed_at < coalesce(answered_at, asked_at, raised_at)
         or coalesce(disposed_at, answered_at, asked_at, raised_at) > ${told}
         or r.occurred_at is distinct from f.raised_at or d.occurred_at is distinct from f.disposed_at`,
    );
    expect(rows).toEqual([]);
  });
});

describe("reviews", () => {
  const rowsOf = async <Row>(query: string): Promise<Row[]> => (await owner.query(query)).rows;

  it("are two: each grant of its quarter is in it, as it was when it opened", async () => {
    const found = await rowsOf<{ missing: number; items: number; left: string }>(
      `select (select count(*)::integer from staff_roles g where g.granted_at < c.through_at
           and (g.revoked_at is null or g.revoked_at > c.starts_at)
           and not exists (select from review_items i where i.campaign_id = c.id and i.grant_id = g.id)) as missing,
         (select count(*)::integer from review_items i where i.campaign_id = c.id) as items,
         (select i.status from review_items i where i.campaign_id = c.id and i.name = 'Pavo Tindalle') as left
       from campaigns c order by c.first_day`,
    );
    expect(found).toHaveLength(2);
    for (const one of found) expect(one).toMatchObject({ missing: 0, left: "active" });
  });

  it("are closed by compliance, who decided nothing in it, and half done", async () => {
    expect(
      await rowsOf(
        `select c.status, p.name as closer, (select count(*)::integer from review_decisions d join review_items i on i.id = d.item_id
             where i.campaign_id = c.id and d.decided_by = c.closed_by) as own,
           (select count(*) > 3 from review_reminders r where r.campaign_id = c.id and r.day = (r.at at time zone 'UTC')::date) as reminded,
           (select json_agg(o ->> 'name') from roster_comparisons r, jsonb_array_elements(r.only_in_panel) o
             where r.campaign_id = c.id and r.at < ${told} - interval '1 day') as only_here
         from campaigns c left join staff p on p.id = c.closed_by order by first_day`,
      ),
    ).toEqual([
      {
        status: "closed",
        closer: "Mirela Osthoff",
        own: 0,
        reminded: true,
        only_here: null,
      },
      {
        status: "open",
        closer: null,
        own: 0,
        reminded: true,
        only_here: ["Pavo Tindalle"],
      },
    ]);
    await expect(
      owner.query("update campaigns set statement = 'Something else, and long enough'"),
    ).rejects.toThrow();
  });

  it("have decisions of all kinds, what was taken was tried, and one waits for somebody elsewhere", async () => {
    const kinds = await rowsOf<{ slug: string; decision: string; proved: boolean; n: number }>(
      `select slug, decision, remediated_at is not null as proved, count(*)::integer as n from review_items i
         join campaigns c on c.id = i.campaign_id where i.ended_at is null group by 1, 2, 3 order by c.slug, decision, proved`,
    );
    const [older, newer] = [...Map.groupBy(kinds, ({ slug }) => slug).values()];
    expect(older?.map(({ decision, proved }) => [decision, proved])).toEqual([
      ["keep", false],
      ["revoke", true],
    ]);
    expect(newer?.map(({ decision, proved }) => [decision, proved])).toEqual([
      ["change", true],
      ["keep", false],
      ["revoke", false],
      ["revoke", true],
      [null, false],
    ]);
    expect(
      await rowsOf("select kind, result from review_remediations where result is null"),
    ).toEqual([{ kind: "outside", result: null }]);
  });

  it("have their times as they were decided, and nothing of what they took is used after it", async () => {
    expect(
      await rowsOf(
        `select d.id from review_decisions d join review_items i on i.id = d.item_id join campaigns c on c.id = i.campaign_id
           join audit_entry e on e.id = d.entry_id join staff_roles g on g.id = i.grant_id
           join review_looks l on l.item_id = d.item_id and l.reader_id = d.decided_by
         where d.decided_at <= c.opened_at or abs(extract(epoch from e.occurred_at - d.decided_at)) > 1
           or d.decided_at > ${told} - interval '1 hour'
           or round(extract(epoch from d.decided_at - l.at)) <> d.seconds
           or d.decision <> 'keep' and abs(extract(epoch from g.revoked_at - d.decided_at)) > 1`,
      ),
    ).toEqual([]);
    expect(
      await rowsOf(
        `select s.number from sessions s where not exists (select from staff_roles g where g.staff_id = s.actor_id
           and g.role = 'agent' and g.granted_at <= s.started_at and (g.revoked_at is null or g.revoked_at > s.started_at)
           and (s.scope = 'read' or not g.looking_only))`,
      ),
    ).toEqual([]);
  });
});
