import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "#db/testing/database.ts";
import { scene } from "#db/testing/scene.ts";
import { dueParts, parts } from "./part.ts";
import { seedHistory } from "./seed-history.ts";
import { demoWithCustomers, everythingOnce, toldAt } from "./testing.ts";

const database = await testDatabase();
const real = await scene();
const { owner, runtime, ownerUrl } = database;
let client: pg.Client;
beforeAll(async () => {
  client = await demoWithCustomers(database);
  await everythingOnce(real);
  await seedHistory(ownerUrl, await dueParts(ownerUrl), AbortSignal.timeout(240_000), toldAt);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

type Shape = { event: string; keys: string[]; columns: string[]; index: string[] };

/** What each entry carries: the names and types in its body, which ids it has, which columns of the index. */
async function shapes(pool: pg.Pool, which = "true"): Promise<Map<string, Shape[]>> {
  const { rows } = await pool.query<Shape>(
    `select distinct e.event,
       (select array_agg(k.key || ' ' || json_typeof(k.value) order by k.key) from json_each(p.body::json) k) as keys,
       array_remove(array[case when e.account_id is not null then 'account' end,
         case when e.actor_id is not null then 'actor' end, case when e.subject_id is not null then 'subject' end,
         case when e.session_id is not null then 'session' end, case when e.request_id is not null then 'request' end],
         null) as columns,
       coalesce((select array_agg(k.key order by k.key) from json_each(to_json(i)) k
         where i.entry_id is not null and json_typeof(k.value) <> 'null'), '{}') as index
     from audit_entry e join audit_payload p on p.entry_id = e.id left join audit_index i on i.entry_id = e.id
     where ${which}`,
  );
  return Map.groupBy(rows, ({ event }) => event);
}

const inAll = (lists: string[][]): string[] =>
  (lists[0] ?? []).filter((one) => lists.every((list) => list.includes(one)));

it("writes each entry as the verb of its event writes it", async () => {
  // The rest is by the verbs themselves.
  const ofDesk = "e.xact = (select xact from audit_entry where event = 'session.started' limit 1)";
  const [told, once] = [await shapes(owner, ofDesk), await shapes(real.owner)];
  expect(told.size).toBeGreaterThan(18);
  for (const [event, seeded] of told) {
    const verbs = once.get(event) ?? [];
    expect(verbs, event).not.toEqual([]);
    for (const part of ["keys", "columns", "index"] as const) {
      const lists = verbs.map((one) => one[part]);
      const known = new Set(lists.flat());
      for (const one of seeded) {
        // A name is what it was for real, or null where it may be; none is missing, none is more.
        expect(
          one[part].filter((name) => !known.has(name)),
          `${event} ${part}`,
        ).toEqual([]);
        expect(one[part], `${event} ${part}`).toEqual(expect.arrayContaining(inAll(lists)));
      }
    }
  }
});

describe("the database", () => {
  const count = async (query: string): Promise<number> => {
    const { rows } = await owner.query<{ n: number }>(
      `select count(*)::integer as n from ${query}`,
    );
    return rows[0]?.n ?? -1;
  };

  it("holds a whole payload, index and place in the queue for each entry, and nothing of the future", async () => {
    const entries = await count("audit_entry");
    expect(entries).toBeGreaterThan(8000);
    expect(
      await count(
        "audit_entry e join audit_payload p on p.entry_id = e.id and length(p.salt) = 32",
      ),
    ).toBe(entries);
    expect(await count("audit_entry e join audit_pending p on p.entry_id = e.id")).toBe(entries);
    expect(await count("audit_entry where occurred_at > clock_timestamp()")).toBe(0);
    expect(
      await count(
        "audit_index i join audit_entry e on e.id = i.entry_id where i.occurred_at <> e.occurred_at",
      ),
    ).toBe(0);
    expect(await count("owed")).toBe(0);
  });

  it("refers to entries about the same, made at that time", async () => {
    const about = "e.id is null or e.subject_id <> t.subject_id";
    expect(
      await count(
        `requests t left join audit_entry e on e.id = t.asked_entry_id where ${about} or e.occurred_at <> t.created_at`,
      ),
    ).toBe(0);
    expect(
      await count(
        `requests t left join audit_entry e on e.id = t.closed_entry_id where ${about} or e.request_id <> t.id`,
      ),
    ).toBe(0);
    expect(
      await count(
        `requests t left join audit_entry e on e.id = t.granted_entry_id where t.granted_at is not null and (${about})`,
      ),
    ).toBe(0);
    expect(
      await count(
        `sessions t left join audit_entry e on e.id = t.started_entry_id where ${about} or e.session_id <> t.id`,
      ),
    ).toBe(0);
    expect(
      await count(
        `sessions t left join audit_entry e on e.id = t.ended_entry_id where ${about} or e.occurred_at < t.ended_at`,
      ),
    ).toBe(0);
    expect(
      await count(
        "actions t left join audit_entry e on e.id = t.entry_id where e.session_id is distinct from t.session_id",
      ),
    ).toBe(0);
  });

  it("keeps what the guards keep: votes for exactly the ask, people with the role, sensitive with a yes", async () => {
    expect(await count("requests r where r.ask_hash <> ask_hash(r)")).toBe(0);
    expect(
      await count(
        "approvals v join requests r on r.id = v.request_id where v.ask_hash <> r.ask_hash",
      ),
    ).toBe(0);
    expect(
      await count(`sessions s join requests r on r.id = s.request_id where r.status <> 'used' or r.sensitive
        <> (cardinality(subject_sensitivity(s.subject_id)) > 0) or (select count(*) from approvals v
        where v.request_id = r.id and v.vote = 'approve') <> r.approvals_needed`),
    ).toBe(0);
    expect(await count("sessions where ended_at is null")).toBe(0);
    expect(
      await count(`sessions a join sessions b on b.actor_id = a.actor_id and b.id <> a.id
        and b.started_at >= a.started_at and b.started_at < a.ended_at`),
    ).toBe(0);
  });

  it("numbers requests and sessions in the order of time, and goes on after them", async () => {
    for (const [table, at, sequence] of [
      ["requests", "created_at", "request_numbers"],
      ["sessions", "started_at", "session_numbers"],
    ]) {
      expect(
        await count(
          `(select number, lag(number) over (order by ${at}, number) as before from ${table}) t where number < before`,
        ),
      ).toBe(0);
      const { rows } = await owner.query(
        `select nextval('${sequence}') > max(number) as later from ${table}`,
      );
      expect(rows).toEqual([{ later: true }]);
    }
  });

  it("has every trigger at its post again", async () => {
    expect(await count("pg_trigger where not tgisinternal and tgenabled = 'D'")).toBe(0);
    const { rows } = await owner.query("select id from audit_entry limit 1");
    await expect(
      owner.query("update audit_entry set event = 'session.ended' where id = $1", [rows[0].id]),
    ).rejects.toThrow("append-only");
    await expect(runtime.query("delete from sessions")).rejects.toThrow();
    const posts = `select tgrelid::regclass::text as table, tgname, tgenabled from pg_trigger
      where not tgisinternal order by 1, 2`;
    expect((await owner.query(posts)).rows).toEqual((await real.owner.query(posts)).rows);
  });
});

describe("what is due", () => {
  it("is nothing once it is written", async () => {
    expect(await dueParts(ownerUrl)).toEqual([]);
  });

  it("is what a start that was cut off left", async () => {
    await owner.query("delete from demo_history where part = $1", [parts.at(-1)]);
    expect(await dueParts(ownerUrl)).toEqual([parts.at(-1)]);
  });

  it("is nothing once the worker has begun to read the log", async () => {
    await owner.query("select from read_on('another', 1)");
    expect(await dueParts(ownerUrl)).toEqual([]);
  });

  it("is nothing in a database that is in use without a past", async () => {
    await owner.query("drop table demo_history");
    expect(await dueParts(ownerUrl)).toEqual([]);
  });
});
