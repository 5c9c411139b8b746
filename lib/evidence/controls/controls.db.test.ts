import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { ageSession } from "#db/testing/age.ts";
import { daysAway } from "#db/testing/days.ts";
import { entry } from "#db/testing/entry.ts";
import { giveRole, hire, takeRole } from "#db/testing/people.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert, update } from "#db/testing/sql.ts";
import { end } from "#lib/impersonation/end.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { question } from "#lib/impersonation/testing.ts";
import { withdrawStaff } from "#lib/impersonation/withdraw-staff.ts";
import { newId } from "#lib/kernel/ids.ts";
import { decideItem } from "#lib/reviews/decide.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { underReview, valueIn } from "#lib/reviews/testing.ts";
import { changeStaff } from "#lib/roster/change.ts";
import { restoreStaff } from "#lib/roster/let-in-again.ts";
import type { Scope } from "#lib/vocabulary.ts";
import { readBehind } from "./behind.ts";
import type { controlIds } from "./controls.ts";
import { drawSample, newSeed } from "./draw.ts";
import { evidenceParams } from "./params.ts";
import { readPeriod } from "./period.ts";
import { populationFile } from "./population-file.ts";
import { countControls, drawLines, type Line, readLine, readPopulation } from "./queries.ts";

const s = await scene();
const { ana, ben, cora, person, as } = await underReview(s);
const db = cora.db;
/** Whatever these tests do, on any day of a quarter, also three days back or beyond midnight. */
const today = await readPeriod(cora, { from: daysAway(-30), to: daysAway(1) });
const linesOf = async (control: (typeof controlIds)[number], period = today): Promise<Line[]> =>
  (await readPopulation(db, control, period, {}, 500)).rows;
const exceptions = async (control: (typeof controlIds)[number], of: string) =>
  (await linesOf(control)).filter(({ who }) => who === of).map(({ exception }) => exception);

async function stoodIn(ctx: typeof ana, scope: Scope = "read"): Promise<string> {
  const started = valueIn(await standIn(ctx, question(s.jane.id, { scope })));
  if (started.kind !== "started") throw new Error("It should start");
  await end(ctx, { sessionId: started.sessionId });
  return started.sessionId;
}

it("begins and ends a period with the company's days, also where clocks change", async () => {
  await s.owner.query(
    `insert into policy_versions (version, body) select 99, body || '{"zone": "Europe/Lisbon"}' from policy_versions where version = 14`,
  );
  expect(await readPeriod(cora, { from: "2026-07-01", to: "2026-10-25" })).toEqual({
    firstDay: "2026-07-01",
    lastDay: "2026-10-25",
    zone: "Europe/Lisbon",
    starts: "2026-06-30 23:00:00.000000+00",
    ends: "2026-10-26 00:00:00.000000+00",
    told: "now",
  });
  expect(await readPeriod(cora, { from: "2026-09-30", to: "2026-07-01" })).toMatchObject({
    firstDay: "2026-07-01",
    lastDay: "2026-09-30",
  });
});

it("counts each session of the period once, with what is wrong with it", async () => {
  const fine = await stoodIn(ana);
  const forced = await stoodIn(ben);
  const elsewhere = await stoodIn(ana);
  await ageSession(s.owner, elsewhere, "400 days");
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "sessions", () =>
      update(sql, "sessions", forced, { end_cause: "actor_withdrawn" }),
    ),
  );
  const lines = await linesOf("CC6.1");
  expect(lines.map(({ id }) => id).sort()).toEqual([fine, forced].sort());
  expect(lines.find(({ id }) => id === forced)?.exception).toBe("ended by force: actor withdrawn");
  expect(lines.find(({ id }) => id === fine)).toMatchObject({
    who: "ana",
    exception: null,
    kind: "session",
  });
  const counts = await countControls(db, today);
  expect(counts.find(({ control }) => control === "CC6.1")).toEqual({
    control: "CC6.1",
    count: 2,
    exceptions: 1,
  });
});

it("says which grants have no giver, or the holder for one", async () => {
  const admin = await hire(s.owner, "adam", ["admin"]);
  const now = new Date().toISOString();
  await person("given", [{ role: "agent", from: now, by: admin }]);
  await person("bare", [{ role: "agent", from: now }]);
  const self = await person("self", []);
  await s.owner.query(
    "insert into staff_roles (id, staff_id, role, granted_by, granted_at) values ($1, $2, 'admin', $2, now())",
    [newId(), self],
  );
  expect(await exceptions("CC6.2", "given")).toEqual([null]);
  expect(await exceptions("CC6.2", "bare")).toEqual(["no giver on record"]);
  expect(await exceptions("CC6.2", "self")).toEqual(["given by the holder"]);
});

it("says of what a review left that somebody narrowed it, and misses no giver", async () => {
  const staffId = await person("narrowed", []);
  const left = await s.commit((sql) =>
    entry(sql, "role.granted", { body: { by: "max", review_decision: newId() } }),
  );
  await s.owner.query(
    `insert into staff_roles (id, staff_id, role, looking_only, granted_at, granted_entry_id)
     values ($1, $2, 'agent', true, now(), $3)`,
    [newId(), staffId, left],
  );
  expect((await linesOf("CC6.2")).find(({ about }) => about === staffId)).toMatchObject({
    what: "Role agent, looking only, left by max in a review",
    exception: null,
  });
});

it("says which deactivated people kept a role, or lost it late", async () => {
  const gone = (name: string, days: number) =>
    person(name, [], {
      status: "deactivated",
      deactivated_at: new Date(Date.now() - days * 86_400_000),
    });
  const keeps = await gone("keeps", 3);
  await giveRole(s.owner, keeps, "agent");
  const late = await gone("late", 3);
  await giveRole(s.owner, late, "manager");
  await takeRole(s.owner, late, "manager");
  await gone("prompt", 3);
  expect(await exceptions("CC6.3", "keeps")).toEqual(["still holds agent"]);
  expect(await exceptions("CC6.3", "late")).toEqual([
    "later than a day after the deactivation; nobody on record who took it",
    null,
  ]);
  expect(await exceptions("CC6.3", "prompt")).toEqual([null]);
});

it("says who acted, though they might only look", async () => {
  const acted = await stoodIn(ana, "write");
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "staff_roles", () =>
      sql.query("update staff_roles set looking_only = true where staff_id = $1", [s.ana]),
    ),
  );
  const lines = await linesOf("CC6.1");
  const exceptionOf = (of: string) => lines.find(({ id }) => id === of)?.exception;
  expect(exceptionOf(acted)).toBe("acting by an agent who may only look");
  expect(lines.filter(({ exception }) => exception?.includes("only look"))).toHaveLength(1);
});

/** The period as a guest reads it who is invited for days up to this time. */
const upTo = (ends: string) => ({ ...today, ends, told: "then" as const });
const clock = async (): Promise<string> =>
  (await s.owner.query("select clock_timestamp()::text as now")).rows[0].now;

it("tells a guest no finding in words of later days, nor what became of it then", async () => {
  const id = newId();
  const said = (event: "finding.raised" | "finding.grown" | "finding.disposed", words: string) =>
    s.commit((sql) =>
      entry(sql, event, {
        ...(event === "finding.disposed" && { actor: s.max }),
        body: { what: `F-9001 on ana: ${words}`, finding: id, actor: "ana" },
      }),
    );
  const raised = await said("finding.raised", "One VIP");
  const earlier = new Date(Date.now() - 1000);
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "findings", () =>
      insert(sql, "findings", {
        ...{ id, number: 9001, detector: "vip", pattern: id, actor_id: s.ana, evidence: {} },
        ...{ explanation: "One VIP", first_at: earlier, last_at: earlier, raised_at: earlier },
        ...{ due_at: new Date(), raised_entry_id: raised },
      }),
    ),
  );
  const guests = upTo(await clock());
  const grown = await said("finding.grown", "Two VIPs");
  const disposed = await said("finding.disposed", "Explained");
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "findings", () =>
      update(sql, "findings", id, {
        ...{ explanation: "Two VIPs", changed_entry_id: grown, status: "explained" },
        ...{ note: "They had asked", disposed_by: s.max, disposed_at: new Date() },
        disposed_entry_id: disposed,
      }),
    ),
  );
  expect(await linesOf("CC7.2", guests)).toMatchObject([
    {
      what: "F-9001, A VIP: One VIP (disposed of after the period)",
      exception: "open after its day",
    },
  ]);
  expect(await linesOf("CC7.3", guests)).toEqual([]);
  expect(await linesOf("CC7.2")).toMatchObject([
    { what: "F-9001, A VIP: Two VIPs (explained: They had asked)", exception: null },
  ]);
  expect(await linesOf("CC7.3")).toHaveLength(1);
});

it("tells a guest what was held, and proved, at the end of the period, whatever was done since", async () => {
  const left = await person("left", [], {
    status: "deactivated",
    deactivated_at: new Date(Date.now() - 3 * 86_400_000),
  });
  await giveRole(s.owner, left, "agent");
  const before = upTo(await clock());
  const told = async (of: string, period = today) =>
    (await linesOf("CC6.3", period)).flatMap(({ kind, who, what, exception }) =>
      who === of && (kind === "decision" || kind === "deactivation") ? [{ what, exception }] : [],
    );
  await takeRole(s.owner, left, "agent");
  expect(await told("left")).toMatchObject([{ exception: null }]);
  expect(await told("left", before)).toMatchObject([{ exception: "still holds agent" }]);

  const leadId = await person("lead", [{ role: "manager", from: "2025-01-01Z" }]);
  const lead = await as(leadId, "lead", ["manager"]);
  const kim = await person("kim", [{ role: "agent", from: "2025-01-01Z" }], { manager_id: leadId });
  valueIn(await openCampaign(cora, { firstDay: "2026-07-01", lastDay: "2026-09-30" }));
  const { rows } = await s.owner.query("select id from review_items where staff_id = $1", [kim]);
  const justification = "Has moved to sales, as it turned out";
  valueIn(await decideItem(lead, { itemId: rows[0].id, decision: "revoke", justification }));
  const { rows: decided } = await s.owner.query(
    "select (decided_at + interval '1 microsecond')::text as just from review_decisions",
  );
  expect(await told("kim")).toMatchObject([{ exception: null }]);
  expect(await told("kim", upTo(decided[0].just))).toMatchObject([
    { exception: "not done and proved" },
  ]);
});

it("tells a guest of a role kept by somebody who was let in again only after the period", async () => {
  const adam = await as(await hire(s.owner, "ada", ["admin"]), "ada", ["admin"]);
  const staffId = await person("back", [{ role: "agent", from: "2025-01-01Z" }]);
  const reason = "Long leave, as agreed with the team";
  valueIn(await withdrawStaff(adam, { staffId, reason }));
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, ["staff", "audit_entry"], async () => {
      await sql.query(
        "update audit_entry set occurred_at = occurred_at - interval '3 days' where id = (select changed_entry_id from staff where id = $1)",
        [staffId],
      );
      await sql.query(
        "update staff set deactivated_at = deactivated_at - interval '3 days' where id = $1",
        [staffId],
      );
    }),
  );
  const of = async (period = today) =>
    (await linesOf("CC6.3", period)).flatMap(({ about, what, exception }) =>
      about === staffId ? [[what, exception]] : [],
    );
  const out = [["Suspended back", "still holds agent"]];
  expect(await of()).toEqual(out);
  const before = upTo(await clock());
  valueIn(await restoreStaff(adam, { staffId, reason }));
  expect(await of()).toEqual([
    ["Let back in again", null],
    ["Suspended back", null],
  ]);
  expect(await of(before)).toEqual(out);
});

it("says what was given and taken late while somebody was out, also once they are let in again", async () => {
  const adam = await as(await hire(s.owner, "aida", ["admin"]), "aida", ["admin"]);
  const staffId = await person("again", [{ role: "agent", from: "2025-01-01Z" }]);
  const reason = "Long leave, as agreed with the team";
  valueIn(await withdrawStaff(adam, { staffId, reason }));
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, ["staff", "audit_entry"], async () => {
      await sql.query(
        "update audit_entry set occurred_at = occurred_at - interval '3 days' where id = (select changed_entry_id from staff where id = $1)",
        [staffId],
      );
      await sql.query(
        "update staff set deactivated_at = deactivated_at - interval '3 days' where id = $1",
        [staffId],
      );
    }),
  );
  await giveRole(s.owner, staffId, "manager", "0 s");
  await takeRole(s.owner, staffId, "agent");
  const of = async (control: "CC6.2" | "CC6.3", kind: Line["kind"]) =>
    (await linesOf(control)).flatMap((line) =>
      line.about === staffId && line.kind === kind ? [line.exception] : [],
    );
  const given = ["no giver on record; given to a deactivated person"];
  const taken = ["later than a day after the deactivation; nobody on record who took it"];
  expect([await of("CC6.2", "grant"), await of("CC6.3", "revocation")]).toEqual([given, taken]);
  valueIn(await restoreStaff(adam, { staffId, reason }));
  expect([await of("CC6.2", "grant"), await of("CC6.3", "revocation")]).toEqual([given, taken]);
  await giveRole(s.owner, staffId, "admin", "0 s");
  await takeRole(s.owner, staffId, "admin");
  expect([await of("CC6.2", "grant"), await of("CC6.3", "revocation")]).toEqual([
    ["no giver on record", ...given],
    ["nobody on record who took it", ...taken],
  ]);
});

it("tells a guest the names that people had at the end of the period", async () => {
  const adam = await as(await hire(s.owner, "root", ["admin"]), "root", ["admin"]);
  const staffId = await person("Mia Then", [
    { role: "agent", from: new Date().toISOString(), by: adam.actor.id },
  ]);
  const before = upTo(await clock());
  const details = { team: "EMEA support", zone: "UTC", managerEmail: "", lookingOnly: false };
  for (const name of ["Mia Between", "Mia Now"])
    valueIn(
      await changeStaff(adam, {
        staffId,
        name,
        ...details,
        roles: ["agent"],
        kind: "person",
        reason: "As asked",
      }),
    );
  const told = async (period = today) =>
    (await linesOf("CC6.2", period)).flatMap(({ about, who }) => (about === staffId ? [who] : []));
  expect(await told()).toEqual(["Mia Now"]);
  expect(await told(before)).toEqual(["Mia Then"]);
});

it("shows a guest nothing of a session that came after the period", async () => {
  const id = await stoodIn(ana);
  const line = { kind: "session", about: id, entryId: null } as const;
  const whole = await readBehind(db, line, today);
  expect(whole.entries.map(({ event }) => event)).toContain("session.ended");
  const { rows } = await s.owner.query(
    "select (started_at + interval '1 microsecond')::text as just, started_entry_id from sessions where id = $1",
    [id],
  );
  const then = await readBehind(db, line, { ends: whole.entries.at(-1)?.at.toISOString() ?? "" });
  expect(then.entries.map(({ event }) => event)).not.toContain("session.ended");
  expect(then.entries.map((one) => one.id)).toContain(rows[0].started_entry_id);
});

it("draws by the hash of seed and id, so that anybody can draw it again", async () => {
  const all = await linesOf("CC6.2");
  const hash = ({ id }: Line) => createHash("sha256").update(`42:${id}`).digest("hex");
  const wanted = [...all].sort((a, b) => (hash(a) < hash(b) ? -1 : 1)).slice(0, 2);
  const drawn = await drawLines(db, "CC6.2", today, { n: 2, seed: "42" });
  expect(drawn.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
  expect(drawn).toEqual(await drawLines(db, "CC6.2", today, { n: 2, seed: "42" }));
  expect(await drawLines(db, "CC6.2", today, { n: 200, seed: "42" })).toHaveLength(all.length);
});

it("gives every line as a table, of which anybody draws the same sample", async () => {
  const bytes = await buffer(populationFile(cora, "CC6.2", today));
  const rows: Record<string, string>[] = parse(bytes, { columns: true, record_delimiter: "\r\n" });
  const all = await linesOf("CC6.2");
  expect(rows.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toReversed());
  expect(rows.map(({ exception }) => exception || null)).toEqual(
    all.map(({ exception }) => exception).toReversed(),
  );
  const hash = (id = "") => createHash("sha256").update(`7:${id}`).digest("hex");
  const ids = rows.map(({ id }) => id).toSorted((a, b) => (hash(a) < hash(b) ? -1 : 1));
  const drawn = await drawLines(db, "CC6.2", today, { n: 3, seed: "7" });
  expect(ids.slice(0, 3)).toEqual(drawn.map(({ id }) => id));
  const { rows: told } = await s.owner.query(
    `select p.body::jsonb as body from audit_entry e join audit_payload p on p.entry_id = e.id
     where e.event = 'population.read' and p.body::jsonb ->> 'file' = 'csv' order by e.occurred_at`,
  );
  expect(told.map(({ body }) => body)).toMatchObject([
    { control: "CC6.2", count: all.length },
    { lines: all.length, sha256: createHash("sha256").update(bytes).digest("hex") },
  ]);
});

it("gives no whole table to who is taken out of compliance meanwhile", async () => {
  const id = await person("taken out", [{ role: "compliance", from: "2025-01-01Z" }]);
  const pieces = populationFile(await as(id, "taken out", ["compliance"]), "CC6.2", today);
  await pieces.next();
  await takeRole(s.owner, id, "compliance");
  await expect(buffer(pieces)).rejects.toThrow("is over");
});

it("puts each draw on record with its size and seed", async () => {
  const { lines, count } = await drawSample(cora, "CC6.2", today, { n: 2, seed: newSeed() });
  const { rows } = await s.owner.query(
    "select body::jsonb as body from audit_payload join audit_entry e on e.id = entry_id where event = 'sample.drawn'",
  );
  expect(rows).toHaveLength(1);
  expect(rows[0].body).toMatchObject({
    control: "CC6.2",
    n: 2,
    drawn: 2,
    population: count.count,
    from: today.firstDay,
    ids_sha256: createHash("sha256")
      .update(lines.map(({ id }) => `${id}\n`).join(""))
      .digest("hex"),
  });
});

it("pages through a population, and opens no line of another period", async () => {
  const whole = await linesOf("CC6.2");
  const first = await readPopulation(db, "CC6.2", today, {}, 2);
  const second = await readPopulation(db, "CC6.2", today, { before: first.older ?? "" }, 2);
  expect([...first.rows, ...second.rows]).toEqual(whole.slice(0, 4));
  expect((await readPopulation(db, "CC6.2", today, { after: second.newer ?? "" }, 2)).rows).toEqual(
    first.rows,
  );
  const only = await readPopulation(db, "CC6.2", today, { only: "exceptions" });
  expect(only.rows.every(({ exception }) => exception !== null)).toBe(true);
  const id = whole[0]?.id ?? "";
  expect(await readLine(db, "CC6.2", today, id)).toEqual(whole[0]);
  const before = await readPeriod(cora, { from: "2024-01-01", to: "2024-03-31" });
  expect(await readLine(db, "CC6.2", before, id)).toBeNull();
});

it("takes nothing out of an address that it does not know", () => {
  expect(
    evidenceParams.parse({ n: "9999", seed: "1; drop", from: "2026-02-30", only: "x" }),
  ).toEqual({
    n: 25,
  });
  expect(evidenceParams.parse({ n: "3", seed: "7" })).toEqual({ n: 3, seed: "7" });
});
