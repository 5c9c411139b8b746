import { expect, it } from "vitest";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Role } from "#lib/vocabulary.ts";
import { findStaff, readStaffName } from "./find-staff.ts";

const s = await scene();
const { max, ana } = await atWork(s);
const reader = async (name: string, roles: Role[]): Promise<Ctx<StaffActor>> => {
  const id = await hire(s.owner, name, roles);
  return { ...max, actor: { ...max.actor, id, name, roles } };
};
const cleo = await reader("Cleo Marsh", ["compliance"]);
const called = async (ctx: Ctx<StaffActor>, typed: string) =>
  (await findStaff(ctx, "read_audit", typed)).staff.map(({ name }) => name);

const far = await hire(s.owner, "Zoë Ångström-Quill", ["agent"]);
await s.owner.query(
  "update staff set team = 'Support Asia', email = 'z.quill@alongside.test' where id = $1",
  [far],
);
await s.owner.query(
  `insert into staff (id, name, email, team) select gen_random_uuid(), 'Agent ' || to_char(n, 'FM0000'), 'agent' || n || '@a.test', 'Support Asia'
     from generate_series(1, 2000) n`,
);

it("finds everybody of a staff of thousands by the beginnings of words, accents or not, in any order", async () => {
  for (const typed of ["quill ZOE", "ång", "z.qui", "zoë angstrom"])
    expect(await called(cleo, typed)).toEqual(["Zoë Ångström-Quill"]);
  expect(await called(cleo, "agent 1999")).toEqual(["Agent 1999"]);
  expect(await called(cleo, "uill")).toEqual([]);
  expect(await called(cleo, "%")).toEqual([]);
});

it("gives twenty by name, and says that there are more", async () => {
  const { staff, more } = await findStaff(cleo, "read_audit", "Agent");
  expect(staff.map(({ name }) => name)).toEqual(
    Array.from({ length: 20 }, (_, n) => `Agent ${String(n + 1).padStart(4, "0")}`),
  );
  expect(more).toBe(true);
  expect(await findStaff(cleo, "read_audit", "agent 000")).toMatchObject({ more: false });
});

it("finds nobody whose work is not the reader's to see, whether by name or by id", async () => {
  expect(await called(max, "quill")).toEqual([]);
  expect(await called(max, "ana")).toEqual(["ana"]);
  expect(await called(ana, "")).toEqual(["ana"]);
  expect((await findStaff(ana, "see_findings", "")).staff).toEqual([]);
  expect((await findStaff(max, "see_exposure", "")).staff).toEqual([]);
  expect(await readStaffName(max, "read_audit", far)).toBeNull();
  expect(await readStaffName(cleo, "read_audit", far)).toMatchObject({ team: "Support Asia" });
});

it("is answered by its index", async () => {
  const sql = await s.owner.connect();
  try {
    await sql.query("set enable_seqscan = off; set enable_indexscan = off");
    const { rows } = await sql.query(
      "explain select 1 from staff where fold(' ' || translate(name || ' ' || email, '-.@_', '    ')) like '% ' || btrim(fold('quill')) || '%'",
    );
    expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("staff_words");
  } finally {
    sql.release(true);
  }
});
