import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { entry } from "#db/testing/entry.ts";
import { inTransaction } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { attempt, end } from "#db/testing/steps.ts";
import { objectsOf } from "#lib/files/testing.ts";
import { newId } from "#lib/kernel/ids.ts";
import { exposedPeople, exposureTotals } from "../exposure.ts";
import { lookAtExposure } from "../look-at-exposure.ts";
import { noticeWords } from "../notice-words.ts";
import { readExports } from "./queries.ts";
import { startSubjectSchema } from "./schemas.ts";
import { startExposureExport, startSessionReport, startSubjectReport } from "./start.ts";
import { takeFile } from "./take.ts";
import { allOf, withCompliance } from "./testing.ts";

const { s, at, cleo } = await withCompliance();
const reason = "A request of 12 March, by mail";
const session = await s.live();
await s.commit(async (sql) => {
  await attempt(sql, session, {
    kinds: ["invoices"],
    resource: "invoice 1",
    changes: JSON.stringify([{ field: "due date", before: "1 May", after: "3 May" }]),
  });
  for (const [seq, kinds] of [["name"], ["name", "payments"]].entries())
    await insert(sql, "actions", {
      id: newId(),
      session_id: session.id,
      seq: seq + 2,
      phase: "view",
      effect: "view",
      method: "GET",
      route: "/invoices",
      resource: "invoice 1",
      kinds,
      happened_at: new Date(),
      entry_id: await entry(sql, "action.viewed", {
        actor: s.ana,
        subject: s.jane,
        session: session.id,
      }),
    });
  await end(sql, session);
  await entry(sql, "subject.opened", {
    actor: s.ana,
    subject: s.jane,
    body: { by_team: "EMEA support" },
  });
});
const today = new Date().toISOString().slice(0, 10);
const exposure = { of: "actor", id: s.ana, from: today, to: today } as const;

async function fileOf(started: Awaited<ReturnType<typeof startSessionReport>>) {
  if (!started.ok) throw new Error(started.error.message);
  const taken = await takeFile(cleo, started.value.id);
  if (!taken.ok) throw new Error(taken.error.message);
  const bytes = await allOf(taken.value.bytes);
  const { rows } = await s.owner.query(
    "select x.*, e.event from exports x join audit_entry e on e.id = x.ended_entry_id where x.id = $1",
    [started.value.id],
  );
  return { bytes, row: rows[0] };
}
const subject = (more: object = {}) =>
  startSubjectReport(
    cleo,
    startSubjectSchema.parse({ format: "json", subject: s.jane.id, reason, ...more }),
  );

test("a person's own report names departments, purposes, bases and kinds, and no staff", async () => {
  const { bytes, row } = await fileOf(await subject());
  const report = JSON.parse(bytes.toString());
  expect(report).toMatchObject({
    schema: "alongside.subject-report/1",
    person: { account: "Northwind" },
    staff_names: false,
    looked_up: [{ department: "EMEA support", times: 1 }],
    sessions: [
      {
        purpose: { category: "customer_asked" },
        lawful_basis: { basis: "contract" },
        department: "EMEA support",
        scope: "acting",
        seen: { times: 2, kinds: ["name", "payments"] },
        changed: [{ effect: "data", kinds: ["invoices"], fields: ["due date"], done: false }],
      },
    ],
  });
  expect(bytes.toString()).not.toMatch(/\bana\b|"staff"|does not open/);
  expect(row).toMatchObject({ status: "complete", event: "report.made", rows_done: 1 });
});

test("names are in it where somebody released them and said why, which is an entry", async () => {
  expect(
    startSubjectSchema.safeParse({ format: "json", subject: s.jane.id, reason, names: "1" })
      .success,
  ).toBe(false);
  const { bytes } = await fileOf(
    await subject({ names: "1", namesReason: "A court ordered it on 3 March" }),
  );
  expect(JSON.parse(bytes.toString()).sessions[0]).toMatchObject({ staff: "ana" });
  const { rows } = await s.owner.query(
    "select subject_id from audit_entry where event = 'report.names_released'",
  );
  expect(rows).toEqual([{ subject_id: s.jane.id }]);
});

test("days that are asked for are those in the report", async () => {
  const { bytes } = await fileOf(await subject({ to: "2020-01-01" }));
  expect(JSON.parse(bytes.toString())).toMatchObject({ sessions: [], looked_up: [] });
});

test("as a document it is whole, and says nothing of who", async () => {
  const { bytes, row } = await fileOf(await subject({ format: "pdf" }));
  for (const { number, beginsWith } of objectsOf(bytes))
    expect(beginsWith).toMatch(new RegExp(`^${number} 0 obj`));
  expect(row).toMatchObject({ status: "complete", format: "pdf" });
});

test("one session as a document", async () => {
  const { bytes, row } = await fileOf(
    await startSessionReport(cleo, { session: session.id, reason }),
  );
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(row).toMatchObject({ status: "complete", event: "report.made" });
  expect(row.rows_done).toBe(row.rows_expected);
});

test("a report is of one moment, whatever commits while it is read", async () => {
  const started = await startExposureExport(cleo, { ...exposure, reason });
  if (!started.ok) throw new Error(started.error.message);
  const taken = await takeFile(cleo, started.value.id);
  if (!taken.ok) throw new Error(taken.error.message);
  const first = await taken.value.bytes.next();
  const named = (name: string) =>
    s.owner.query("update subjects set name = $1 where id = $2 returning name", [name, s.jane.id]);
  const { rows } = await s.owner.query("select name from subjects where id = $1", [s.jane.id]);
  await named("Joe");
  const rest = await allOf(taken.value.bytes);
  await named(rows[0].name);
  const text = Buffer.concat([first.value ?? Buffer.alloc(0), rest]).toString();
  expect(text).not.toContain("Joe");
  expect(text.trim().split("\r\n")).toHaveLength(2);
});

test("nobody else makes one, nor of what is not there", async () => {
  for (const ctx of [at.ana, at.max])
    expect(await startSessionReport(ctx, { session: session.id, reason })).toMatchObject({
      ok: false,
      error: { code: "not_allowed" },
    });
  expect(await startSessionReport(cleo, { session: newId(), reason })).toMatchObject({
    ok: false,
    error: { code: "not_found" },
  });
});

test("exposure counts people, accounts, deeds and kinds, each look an entry", async () => {
  expect(await lookAtExposure(at.max, exposure, null)).toMatchObject({
    ok: false,
    error: { code: "not_allowed" },
  });
  const found = await lookAtExposure(cleo, exposure, null);
  if (!found.ok) throw new Error(found.error.message);
  expect(found.value).toMatchObject({
    name: "ana",
    totals: {
      sessions: 1,
      acting: 1,
      accounts: 1,
      subjects: 1,
      reads: 2,
      writes: 1,
      exports: 0,
      refused: 0,
      resources: 1,
    },
    kinds: [
      { kind: "name", subjects: 1, seen: 2 },
      { kind: "invoices", written: 1 },
      { kind: "payments", seen: 1 },
    ].toSorted((a, b) => a.kind.localeCompare(b.kind)),
    accounts: [{ name: "Northwind", subjects: 1, sessions: 1, acting: 1, writes: 1, exports: 0 }],
    people: [
      { id: s.jane.id, sessions: 1, reads: 2, writes: 1, kinds: ["invoices", "name", "payments"] },
    ],
    next: null,
  });
  expect(found.value.beside).toEqual({ opened: 1, times: 1, taken: 0 });
  expect(noticeWords(found.value, exposure)).toContain(
    "the records of 1 person (name, e-mail, role, how to reach them) were opened in Alongside, 1 time,",
  );
  const own = await lookAtExposure(cleo, { ...exposure, id: cleo.actor.id }, null);
  expect(own).toMatchObject({ value: { totals: { sessions: 0 }, beside: { opened: 0 } } });
  expect(own.ok && own.value.beside?.taken).toBeGreaterThan(0);
  expect(noticeWords(found.value, exposure)).toContain(
    "personal data of 1 person of 1 customer, in 1 session",
  );
  const { rows } = await s.owner.query(
    "select count(*)::int as n from audit_entry where event = 'exposure.read'",
  );
  // Both looks.
  expect(rows[0].n).toBe(2);
});

test("exposure of a product, of days without a session, and beyond the last person", async () => {
  const product = { ...exposure, of: "product", id: s.product } as const;
  expect(await exposureTotals(cleo.db, product)).toMatchObject({ sessions: 1, subjects: 1 });
  expect(
    await exposureTotals(cleo.db, { ...exposure, from: "2020-01-01", to: "2020-01-02" }),
  ).toMatchObject({ sessions: 0, subjects: 0, reads: 0, resources: 0 });
  expect(await exposedPeople(cleo.db, product, s.jane.id, 50)).toEqual([]);
  const { bytes, row } = await fileOf(await startExposureExport(cleo, { ...product, reason }));
  expect(bytes.toString().split("\r\n")).toHaveLength(3);
  expect(row).toMatchObject({ status: "complete", event: "export.finished", rows_done: 1 });
});

test("the list of exports says what each was of", async () => {
  const { rows } = await readExports(cleo, {});
  const said = new Map(rows.map(({ kind, what }) => [kind, what]));
  expect(said).toEqual(
    new Map([
      ["session", expect.stringMatching(/^session S-\d+$/)],
      ["subject", expect.stringContaining("’s own report")],
      ["exposure", expect.stringMatching(/^exposure by \S/)],
    ]),
  );
});

test("a document has every step of a session, however many there were", async () => {
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, ["actions", "audit_entry"], () =>
      sql.query(
        `with read as (insert into audit_entry (id, event, session_id) select gen_random_uuid(), 'action.viewed', $1 from generate_series(1, 3100)
           returning id), of as (select id, row_number() over () as n from read)
         insert into actions (id, session_id, seq, phase, effect, method, route, kinds, happened_at, entry_id)
         select gen_random_uuid(), $1, 100 + n, 'view', 'view', 'GET', '/invoices', '{}', now() + n * interval '1 second', id from of`,
        [session.id],
      ),
    ),
  );
  const { row } = await fileOf(await startSessionReport(cleo, { session: session.id, reason }));
  const { rows } = await s.owner.query(
    `select (select count(*) from actions where session_id = $1)::int + count(*)::int as steps from audit_entry
     where (session_id = $1 or request_id = $2) and event not like 'action.%' and occurred_at <= (select fetched_at from exports where id = $3)`,
    [session.id, session.request.id, row.id],
  );
  expect(row.rows_done).toBe(rows[0].steps);
  expect(row).toMatchObject({ status: "complete", rows_expected: row.rows_done });
});
