import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { entry } from "#db/testing/entry.ts";
import { addSubject, takeRole } from "#db/testing/people.ts";
import { inTransaction } from "#db/testing/scene.ts";
import { readAudit } from "#lib/audit/queries.ts";
import { auditParams } from "#lib/audit/search-params.ts";
import { inert } from "#lib/files/csv.ts";
import { csvCellSql } from "#lib/files/csv-sql.ts";
import { newId } from "#lib/kernel/ids.ts";
import { abandonExports } from "./abandon.ts";
import { cancelExport } from "./cancel.ts";
import { deliver } from "./deliver.ts";
import { startLogSchema } from "./schemas.ts";
import { startLogExport } from "./start.ts";
import { takeFile } from "./take.ts";
import { allOf, withCompliance } from "./testing.ts";

const seed = Number(process.env.FUZZ_SEED ?? 20618);
const { s, at, cleo, carl, person } = await withCompliance();
const formulas = [
  "=1+1",
  " =1",
  "＝1",
  "+1",
  "-1",
  "@x",
  "\tx",
  "\rx",
  "\nx",
  "a\nb",
  '"q",\r\n',
  "a\u001e\nb",
  "\u001e",
];
const names = [...formulas, "Jane", "佐藤", "\u3000=x", "\u00a0-x", "0", "{", "~"];
for (const name of names) {
  const subject = await addSubject(s.owner, s.product, s.standard, { name });
  await s.commit((sql) =>
    entry(sql, "subject.opened", { actor: s.ana, subject, body: { what: name, reason: name } }),
  );
}

const ask = (format: "csv" | "jsonl", filter = "") =>
  startLogSchema.parse({ format, filter, reason: "A test of the export" });
async function begin(ctx = cleo, format: "csv" | "jsonl" = "csv", filter = ""): Promise<string> {
  const started = await startLogExport(ctx, ask(format, filter));
  if (!started.ok) throw new Error(started.error.message);
  return started.value.id;
}
async function take(id: string, ctx = cleo) {
  const taken = await takeFile(ctx, id);
  if (!taken.ok) throw new Error(taken.error.message);
  return taken.value.bytes;
}
const rowOf = async (id: string) =>
  (await s.owner.query("select * from exports where id = $1", [id])).rows[0];
const endOf = async (id: string) => {
  const { rows } = await s.owner.query(
    "select e.event, e.actor_id, p.body::jsonb as body from exports x join audit_entry e on e.id = x.ended_entry_id join audit_payload p on p.entry_id = e.id where x.id = $1",
    [id],
  );
  return rows[0];
};

test("a CSV has RFC 4180's lines, formulas made inert, each row, and its hash on record", async () => {
  const id = await begin();
  const bytes = await allOf(await take(id));
  const text = bytes.toString();
  const rows: Record<string, string>[] = parse(text, { columns: true, record_delimiter: "\r\n" });
  const shown = new Set(rows.map((row) => row.subject));
  for (const name of formulas.slice(0, 9)) expect(shown).toContain(`'${name}`);
  for (const name of [
    "a\nb",
    '"q",\r\n',
    "a\u001e\nb",
    "\u001e",
    "Jane",
    "佐藤",
    "'\u3000=x",
    "'\u00a0-x",
    "0",
    "{",
    "~",
  ])
    expect(shown).toContain(name);
  const row = await rowOf(id);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect(row).toMatchObject({
    status: "complete",
    rows_done: rows.length,
    rows_expected: rows.length,
    sha256,
    bytes: bytes.length,
  });
  expect(await endOf(id)).toMatchObject({
    event: "export.finished",
    actor_id: cleo.actor.id,
    body: { rows: rows.length, sha256 },
  });
});

test("what is made inert in SQL is what is made inert in JavaScript", async () => {
  const sign = fc.constantFrom(
    ..."=+-@＝＋－＠\t\r\n\u001e\v\u0000 \u00a0\u061c\u2066\u202e\u2028\ufeff\u00ad\u3164\ufe0f'\"ab1,".split(
      "",
    ),
  );
  const cell = fc.string({ unit: fc.oneof(sign, fc.string({ unit: "grapheme", maxLength: 1 })) });
  // PostgreSQL holds neither NUL nor half a surrogate pair.
  const texts = fc
    .sample(cell, { numRuns: 4000, seed })
    .map((text) => text.replaceAll("\u0000", "").toWellFormed())
    .concat("=".repeat(40_000), `${"\u200e".repeat(5000)}=1`);
  const { rows } = await s.owner.query<{ made: string }>(
    `select ${csvCellSql("t")} as made from unnest($1::text[]) with ordinality u (t, n) order by n`,
    [texts],
  );
  expect(rows.map(({ made }) => made)).toEqual(
    texts.map((text) => inert(text).replaceAll("\n", "\u001e\n")),
  );
});

test("JSONL ends with a line of its rows and the hash of what came before", async () => {
  const id = await begin(cleo, "jsonl");
  const text = (await allOf(await take(id))).toString();
  const lines = text.trimEnd().split("\n");
  const entries = lines.slice(0, -1).map((line) => JSON.parse(line));
  const before = text.slice(0, text.lastIndexOf('{"kind":"end"'));
  expect(JSON.parse(lines.at(-1) ?? "")).toEqual({
    kind: "end",
    rows: entries.length,
    sha256: createHash("sha256").update(before).digest("hex"),
  });
  expect(entries.map(({ entry_id }) => entry_id)).toEqual(
    entries.map(({ entry_id }) => entry_id).toSorted(),
  );
  const one = entries.find(({ what }) => what === "=1+1");
  expect(one).toMatchObject({
    kind: "entry",
    event: "subject.opened",
    actor: "ana",
    subject: "=1+1",
    payload: { what: "=1+1" },
  });
  expect(one.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
});

test("JSONL holds each value as it was recorded: numbers of any size, microseconds, every sign", async () => {
  const what = '\u2028 \u0085 \u202e ‮ 😀 \\ " \u0007';
  const exact = { big: 9007199254740991, small: 1e-7, huge: 1e300, zero: -0, deep: [{ a: null }] };
  const id = await s.commit((sql) =>
    entry(sql, "subject.opened", { actor: s.ana, body: { what, ...exact } }),
  );
  const { rows } = await s.owner.query(
    `select body, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
     from audit_entry e join audit_payload on entry_id = id where id = $1`,
    [id],
  );
  const text = (await allOf(await take(await begin(cleo, "jsonl")))).toString();
  const line = text.split("\n").find((one) => one.includes(id)) ?? "";
  expect(line.endsWith(`,"payload":${rows[0].body}}`)).toBe(true);
  expect(JSON.parse(line)).toMatchObject({ at: rows[0].at, what, entry_id: id });
});

test.each([
  ["", {}],
  ["event=subject.opened", { event: "subject.opened" }],
  [
    `actor=${s.ana}&event=subject.opened&event=sign_in.started`,
    { actor: s.ana, event: ["subject.opened", "sign_in.started"] },
  ],
  [`subject=${newId()}`, { subject: newId() }],
  ["ticket=x' or true --", { ticket: "x' or true --" }],
  ["resource=\\' or 1=1 $1 --", { resource: "\\' or 1=1 $1 --" }],
  ["from=2020-01-01&to=2020-01-02", { from: "2020-01-01", to: "2020-01-02" }],
])("what is exported is what the page shows: %s", async (query, params) => {
  const shown = await readAudit(cleo, "all", auditParams.parse(params), 1000);
  const id = await begin(cleo, "jsonl", query);
  const text = (await allOf(await take(id))).toString();
  const ids = text
    .trimEnd()
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line).entry_id);
  // The start of the export came after the page was read.
  const {
    rows: [own],
  } = await s.owner.query("select started_entry_id as id from exports where id = $1", [id]);
  expect(ids.filter((one) => one !== own.id).toSorted()).toEqual(
    shown.rows.map((row) => row.id).toSorted(),
  );
});

test("what commits while it is read is not in it", async () => {
  const id = await begin(cleo, "jsonl");
  const bytes = await take(id);
  const first = await bytes.next();
  const late = await s.commit((sql) => entry(sql, "subject.opened", { actor: s.ana }));
  const rest = await allOf(bytes);
  expect(Buffer.concat([first.value ?? Buffer.alloc(0), rest]).toString()).not.toContain(late);
});

test("one of a person runs at a time, and others' are their own", async () => {
  const id = await begin();
  expect(await startLogExport(cleo, ask("csv"))).toMatchObject({
    ok: false,
    error: { code: "conflict" },
  });
  const other = await begin(carl);
  expect(await takeFile(carl, id)).toMatchObject({ ok: false, error: { code: "not_found" } });
  expect(await cancelExport(carl, { id })).toMatchObject({ ok: false, error: { code: "ended" } });
  expect(await cancelExport(carl, { id: other })).toMatchObject({ ok: true });
  expect(await cancelExport(cleo, { id })).toMatchObject({ ok: true });
  expect(await endOf(id)).toMatchObject({ event: "export.stopped" });
});

test("a dozen that are read at one time leave the panel its connections, and end each by itself", async () => {
  const readers = await Promise.all(Array.from({ length: 12 }, (_, n) => person(`reader ${n}`)));
  const filter = "event=subject.opened";
  const ids = await Promise.all(readers.map((reader) => begin(reader, "jsonl", filter)));
  const files = await Promise.all(readers.map((reader, n) => take(ids[n] ?? "", reader)));
  const firsts = await Promise.all(files.map((bytes) => bytes.next()));
  // Each holds its snapshot now; whoever asks the panel for something else is answered.
  expect((await readAudit(cleo, "all", auditParams.parse({}), 1)).rows).toHaveLength(1);
  const hashes = await Promise.all(
    files.map(async (bytes, n) => {
      const rest = await allOf(bytes);
      const whole = Buffer.concat([firsts[n]?.value ?? Buffer.alloc(0), rest]);
      return createHash("sha256").update(whole).digest("hex");
    }),
  );
  expect(new Set(hashes).size).toBe(1);
  const { rows } = await s.owner.query("select status, sha256 from exports where id = any($1)", [
    ids,
  ]);
  expect(rows).toEqual(ids.map(() => ({ status: "complete", sha256: hashes[0] })));
});

test("whoever goes away takes their statement with them", async () => {
  const bytes = await take(await begin(cleo, "jsonl"));
  await bytes.next();
  await bytes.return(undefined);
  const running = async () =>
    (
      await s.owner.query(
        "select count(*)::int as n from pg_stat_activity where application_name = 'alongside export' and datname = current_database()",
      )
    ).rows[0].n;
  await expect.poll(running).toBe(0);
});

test("another sign-in of the same person does not get the file, nor does anybody twice", async () => {
  const id = await begin();
  const elsewhere = { ...cleo, actor: { ...cleo.actor, signInId: newId() } };
  expect(await takeFile(elsewhere, id)).toMatchObject({ ok: false, error: { code: "not_found" } });
  await allOf(await take(id));
  expect(await takeFile(cleo, id)).toMatchObject({ ok: false, error: { code: "used" } });
});

test("a reader who goes away leaves a broken export", async () => {
  const id = await begin();
  const bytes = await take(id);
  await bytes.next();
  await bytes.return(undefined);
  expect(await rowOf(id)).toMatchObject({
    status: "broken",
    broken_by: "reader_gone",
    sha256: null,
  });
  expect(await endOf(id)).toMatchObject({
    event: "export.stopped",
    body: { broken_by: "reader_gone" },
  });
});

test("what was handed over is on record also while its reader takes no more", async () => {
  const id = await begin();
  await take(id);
  const tally = { rows: 0 };
  async function* pieces() {
    for (const line of ["a\n", "b\n", "c\n"]) {
      tally.rows += 1;
      yield line;
    }
  }
  const bytes = deliver(cleo, id, async () => ({ pieces: pieces(), tally, expected: 3 }));
  await bytes.next();
  await bytes.next();
  await expect
    .poll(() => rowOf(id), { timeout: 20_000 })
    .toMatchObject({ status: "running", rows_done: 2, rows_expected: 3, bytes: 4 });
  await bytes.return(undefined);
  expect(await rowOf(id)).toMatchObject({
    status: "broken",
    broken_by: "reader_gone",
    rows_done: 2,
  });
});

test("a cancel cuts the file off, so that it is none", async () => {
  const id = await begin();
  const bytes = await take(id);
  await bytes.next();
  expect(await cancelExport(cleo, { id })).toMatchObject({ ok: true });
  await expect(allOf(bytes)).rejects.toThrow("cancelled");
  expect(await rowOf(id)).toMatchObject({ status: "cancelled", sha256: null });
});

test.each([
  ["signed out", "signed_out", "broken"],
  ["idle for too long", "idle", "complete"],
] as const)("a reader who is %s meanwhile: %s, %s", async (name, cause, status) => {
  const reader = await person(name);
  const id = await begin(reader);
  const bytes = await take(id, reader);
  await bytes.next();
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "staff_sign_ins", () =>
      sql.query("update staff_sign_ins set ended_at = now(), end_cause = $2 where id = $1", [
        ...[reader.actor.signInId, cause],
      ]),
    ),
  );
  const rest = allOf(bytes);
  if (status === "broken") await expect(rest).rejects.toThrow("is over");
  await rest.catch(() => {});
  expect(await rowOf(id)).toMatchObject({
    status,
    broken_by: status === "broken" ? "access_over" : null,
  });
});

test("a reader who is taken out of compliance meanwhile gets no more of it", async () => {
  const reader = await person("taken out");
  const id = await begin(reader);
  const bytes = await take(id, reader);
  await bytes.next();
  await takeRole(s.owner, reader.actor.id, "compliance");
  await expect(allOf(bytes)).rejects.toThrow("is over");
  expect(await endOf(id)).toMatchObject({
    event: "export.stopped",
    body: { broken_by: "access_over" },
  });
});

test("what nobody fetches is ended by the worker", async () => {
  const id = await begin();
  await abandonExports(at.worker);
  expect(await rowOf(id)).toMatchObject({ status: "running" });
  await s.owner.query("alter table exports disable trigger guard_update");
  await s.owner.query(
    "update exports set seen_at = seen_at - interval '11 minutes' where id = $1",
    [id],
  );
  await s.owner.query("alter table exports enable always trigger guard_update");
  await abandonExports(at.worker);
  expect(await rowOf(id)).toMatchObject({ status: "broken", broken_by: "not_fetched" });
});

test("nobody but compliance starts one, and the refusal is on record", async () => {
  for (const ctx of [at.ana, at.max]) {
    expect(await startLogExport(ctx, ask("csv"))).toMatchObject({
      ok: false,
      error: { code: "not_allowed" },
    });
  }
  const { rows } = await s.owner.query(
    "select count(*)::int as n from audit_entry where event = 'export.refused' and actor_id in ($1, $2)",
    [s.ana, s.max],
  );
  expect(rows[0].n).toBe(2);
});
