import type pg from "pg";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import {
  addDays,
  companyZone,
  dayIn,
  type Span,
  spanOf,
  timeAt,
} from "#db/seed/history/calendar.ts";
import { colleaguesOf } from "#db/seed/history/people.ts";
import { askActors } from "#lib/findings/ask-actors.ts";
import { detect } from "#lib/findings/detect.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { type AuditEvent, detectors, events } from "#lib/vocabulary.ts";
import { ageEntries, ageRows, type PastTimes } from "./age.ts";
import { type Recorder, recorder } from "./recorder.ts";
import { answered, disposed, eveningAfter, type Raised } from "./triage.ts";
import { readProduct } from "./write-desk.ts";

/** Younger than this they are as they were raised; some of those are late. */
const oldEnoughDays = 15;
/** Of the young ones, what the agent has answered already. */
const answeredYoung = new Set<string>(["same_subject", "unusual_writes", "dormant"]);

/**
 * Lets the detectors read the history week by week, as the worker would have, asks whom it is about, and disposes of all
 * but the newest.
 */
export async function writeFindings(client: pg.Client, db: Database, now: Date): Promise<void> {
  const span = spanOf(dayIn(companyZone, now));
  const people = colleaguesOf(span);
  const to = recorder(db, people, await readProduct(client), await currentPolicy(db));
  const times: PastTimes = new Map();
  const known = new Map<string, Raised>();
  // All of it was watched, in the demo.
  await client.query(
    "insert into findings_begin (since) values ('-infinity') on conflict do nothing",
  );
  const put = (one: Raised) => known.set(one.id, one);
  /** Gives the entries that were made since the last time their moments. */
  const note = async (momentOf: (finding: string, event: AuditEvent) => Date) => {
    for (const { id, event, finding } of await newEntries(client, times))
      times.set(id, momentOf(finding, event));
  };
  const of = (id: string): Raised => {
    const found = known.get(id);
    if (!found) throw new Error("An entry about no finding");
    return found;
  };

  for (const week of weeksOf(span)) {
    await detectUntil(client, to, week, now);
    const lastOf = new Map<string, Date>();
    for (const { lastAt, ...one } of await readOpen(client)) {
      lastOf.set(one.id, new Date(lastAt.getTime() + 6_000));
      if (!known.has(one.id)) put({ ...one, raisedAt: new Date(lastAt.getTime() + 6_000) });
    }
    await note((finding) => lastOf.get(finding) ?? of(finding).raisedAt);
    for (const zone of new Set(people.map((one) => one.zone)))
      await askActors(to.byWorker, timeAt(dayIn(zone, new Date()), 18 * 60 + 30, zone));
    await note((finding) => {
      const one = of(finding);
      const askedAt = eveningAfter(one.raisedAt, one.zone, now);
      put({ ...one, askedAt });
      return askedAt;
    });
    const isOld = ({ raisedAt }: Raised) =>
      raisedAt < timeAt(addDays(span.until, -oldEnoughDays), 0, companyZone);
    for (const [nth, one] of [...known.values()].entries()) {
      if (one.disposedAt) continue;
      if (!one.answeredAt && (isOld(one) || answeredYoung.has(one.detector)))
        put(await answered(to, one, nth, now));
      await note((finding) => of(finding).answeredAt ?? now);
      if (isOld(one)) put(await disposed(to, of(one.id), nth, now));
      await note((finding) => of(finding).disposedAt ?? now);
    }
  }
  await ageEntries(client, times);
  const { dueDays } = to.policy.findings;
  await ageRows(
    client,
    "findings",
    ["raised_at", "due_at", "asked_at", "answered_at", "disposed_at"],
    [...known.values()].map((one) => ({
      ...{ id: one.id, raised_at: one.raisedAt, asked_at: one.askedAt },
      ...{ answered_at: one.answeredAt, disposed_at: one.disposedAt },
      due_at: new Date(one.raisedAt.getTime() + dueDays * 86_400_000),
    })),
  );
}

/** The ends of the weeks, and of what is there at all. */
function weeksOf({ first, until }: Span): Date[] {
  const ends: Date[] = [];
  for (let day = addDays(first.firstDay, 7); day <= until; day = addDays(day, 7))
    ends.push(timeAt(day, 0, companyZone));
  return [...ends, timeAt(addDays(until, 3), 0, companyZone)];
}

async function detectUntil(client: pg.Client, to: Recorder, until: Date, now: Date): Promise<void> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::integer as n from audit_entry e left join entry_readers r on r.name = 'findings'
      where e.occurred_at < $1 and e.xact <> pg_current_xact_id()::text
        and (r.name is null or (e.occurred_at, e.id) > (r.after_at, r.after_id))`,
    [until],
  );
  const n = rows[0]?.n ?? 0;
  // The last is not full: that ends what is read as one piece.
  const most = until > now ? n + 1000 : n;
  if (most === 0) return;
  const [fault] = (await detect(to.byWorker, most, 1)).faults;
  if (fault !== undefined) throw fault;
}

const openSchema = z.array(
  z.object({
    id: z.uuid(),
    detector: z.enum(detectors),
    actorId: z.uuid(),
    otherId: z.uuid().nullable(),
    team: z.string(),
    zone: z.string(),
    isActive: z.boolean(),
    lastAt: z.date(),
  }),
);

async function readOpen(client: pg.Client) {
  const { rows } = await client.query(
    `select f.id, f.detector, f.actor_id as "actorId", f.other_id as "otherId", p.team, p.zone, p.status = 'active' as "isActive",
       f.last_at as "lastAt"
     from findings f join staff p on p.id = f.actor_id where f.status = 'open' order by f.last_at, f.number`,
  );
  const none = { askedAt: null, answeredAt: null, disposedAt: null };
  return openSchema.parse(rows).map((one) => ({ ...one, ...none }));
}

const entrySchema = z.array(z.object({ id: z.uuid(), event: z.enum(events), finding: z.uuid() }));

/** Entries of this transaction that have no moment yet. */
async function newEntries(client: pg.Client, times: PastTimes) {
  const { rows } = await client.query(
    `select e.id, e.event, p.body::json ->> 'finding' as finding
     from audit_entry e join audit_payload p on p.entry_id = e.id
     where e.occurred_at >= transaction_timestamp() and e.xact = pg_current_xact_id()::text and e.id <> all($1::uuid[])
     order by e.occurred_at, e.id`,
    [[...times.keys()]],
  );
  return entrySchema.parse(rows);
}
