import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { entry } from "#db/testing/entry.ts";
import { addSubject, hire } from "#db/testing/people.ts";
import { inTransaction } from "#db/testing/scene.ts";
import { worked } from "#db/testing/worked.ts";
import { startSubjectSchema } from "./schemas.ts";
import { startSubjectReport } from "./start.ts";
import { changedWords } from "./subject-pdf.ts";
import { takeFile } from "./take.ts";
import { allOf, withCompliance } from "./testing.ts";

const { s, cleo } = await withCompliance();
const una = await hire(s.owner, "Una Quill", []);
const other = await addSubject(s.owner, s.product, s.standard, { name: "Jane Doe" });
await worked(s, [
  { who: una, at: "2026-08-02T10:00:00Z", subject: s.jane, views: 1 },
  // Ten minutes before midnight, and over at ten past.
  {
    who: una,
    at: "2026-08-03T23:50:00Z",
    minutes: 20,
    subject: s.jane,
    scope: "write",
    refused: 1,
  },
  {
    who: una,
    at: "2026-08-04T10:00:00Z",
    subject: s.jane,
    scope: "write",
    writes: ["data", "data", "export"],
  },
  { who: una, at: "2026-08-04T23:50:00Z", minutes: 20, subject: s.jane, views: 3 },
  { who: una, at: "2026-08-04T12:00:00Z", subject: other, views: 9 },
  { who: una, at: "2026-08-05T00:00:00Z", subject: s.jane, views: 1 },
]);
const said = () => s.commit((sql) => entry(sql, "action.done", { actor: una, subject: s.jane }));
const outcomes = [
  { status: 200, entryId: await said() },
  { status: 500, entryId: await said() },
];
// Of the writes one was done, one failed, and of one nobody knows.
await inTransaction(s.owner, (sql) =>
  restingTriggers(sql, "actions", async () => {
    const { rows } = await sql.query(
      "select id from actions where phase = 'attempt' and effect = 'data' order by happened_at, seq, id",
    );
    for (const [i, { status, entryId }] of outcomes.entries())
      await sql.query(
        "update actions set done_at = happened_at, done_entry_id = $2, status = $3 where id = $1",
        [rows[i].id, entryId, status],
      );
  }),
);
// Since then everybody is somebody else, and somewhere else.
await s.owner.query("update staff set name = 'Una Married', team = 'Sales' where id = $1", [una]);
await s.owner.query(
  "update subjects set name = 'Jane Roe', email = 'roe@northwind.test' where id = $1",
  [s.jane.id],
);

async function report(more: object) {
  const reason = "A request of 12 March, by mail";
  const started = await startSubjectReport(
    cleo,
    startSubjectSchema.parse({ format: "json", subject: s.jane.id, reason, ...more }),
  );
  if (!started.ok) throw new Error(started.error.message);
  const taken = await takeFile(cleo, started.value.id);
  if (!taken.ok) throw new Error(taken.error.message);
  const text = (await allOf(taken.value.bytes)).toString();
  return { text, ...JSON.parse(text) };
}

test("what came over midnight is told on both sides of it, once, and nobody else's", async () => {
  const of = async (more: object) =>
    (await report(more)).sessions.map((one: { started_at: string }) => one.started_at);
  expect(await of({ from: "2026-08-04", to: "2026-08-04" })).toEqual([
    ...["2026-08-03T23:50:00Z", "2026-08-04T10:00:00Z", "2026-08-04T23:50:00Z"],
  ]);
  expect(await of({ from: "2026-08-05" })).toEqual([
    "2026-08-04T23:50:00Z",
    "2026-08-05T00:00:00Z",
  ]);
  expect(await of({ to: "2026-08-03" })).toEqual(["2026-08-02T10:00:00Z", "2026-08-03T23:50:00Z"]);
  expect(await of({})).toHaveLength(5);
});

test("what failed is not told as changed, and nothing of the staff is", async () => {
  const { text, sessions, person } = await report({ from: "2026-08-04", to: "2026-08-04" });
  const done = sessions[1].changed.map((one: { effect: string; done: boolean }) => [
    one.effect,
    one.done,
  ]);
  expect(done.sort()).toEqual([
    ["data", false],
    ["data", true],
    ["export", false],
  ]);
  expect(sessions[0]).toMatchObject({ scope: "acting", changed: [], seen: { times: 0 } });
  expect(person).toMatchObject({ name: "Jane Roe", email: "roe@northwind.test" });
  expect(text).not.toMatch(/una|quill|married/i);
});

test("in words, too", () => {
  const change = { at: "2026-08-04T10:05:00Z", kinds: ["invoices"], fields: ["due date"] };
  const changes = [
    { ...change, effect: "data", done: true },
    { ...change, effect: "data", done: false },
    { ...change, effect: "export", done: true, fields: [] },
  ];
  expect(changedWords({ changes })).toBe(
    "Change data: due date, invoices; Change data: due date, invoices (not known to be done); Export: invoices",
  );
  expect(changedWords({ changes: [] })).toBe("nothing");
});
