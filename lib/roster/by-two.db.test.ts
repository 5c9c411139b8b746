import { drizzle } from "drizzle-orm/node-postgres";
import { describe, expect, it } from "vitest";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { withdrawStaff } from "#lib/impersonation/withdraw-staff.ts";
import type { StaffActor, SystemActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { linkPerson, readSamePerson } from "#lib/staff/link-person.ts";
import { makeAdmin } from "#lib/staff/make-admin.ts";
import { readStaff } from "#lib/staff/queries.ts";
import { acceptRole } from "./accept-role.ts";
import { restoreStaff } from "./let-in-again.ts";
import { proposeParting } from "./part-person.ts";

const s = await scene();
const db = drizzle(s.runtime);
async function admin(name: string): Promise<Ctx<StaffActor>> {
  const id = await hire(s.owner, name, ["admin"]);
  const signInId = newId();
  await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
  const actor: StaffActor = {
    ...{ kind: "staff", id, name, email: `${name}@alongside.test`, roles: ["admin"] },
    ...{ team: "Admins", zone: "UTC", signInId, authTime: new Date(), acr: null },
  };
  return { db, actor, ip: null, userAgent: null, requestId: newId() };
}
const [ada, abe] = [await admin("ada"), await admin("abe")];
const reason = "They told me so themselves.";
const said = (result: { ok: boolean; error?: { code: string; message: string } }) =>
  result.ok ? "ok" : `${result.error?.code}: ${result.error?.message}`;
const waiting = async (staffId: string): Promise<string> => {
  const { rows } = await s.owner.query<{ id: string }>(
    "select id from proposals where staff_id = $1 and status = 'pending'",
    [staffId],
  );
  const [row, more] = rows;
  if (!row || more) throw new Error("One proposal waits");
  return row.id;
};
const accept = async (by: Ctx<StaffActor>, staffId: string) =>
  acceptRole(by, { proposalId: await waiting(staffId), comment: "" });
const eventsOf = async (person: string): Promise<string[]> => {
  const { rows } = await s.owner.query<{ event: string }>(
    `select e.event from audit_entry e join audit_payload p on p.entry_id = e.id
      where p.body::jsonb ->> 'person' = $1 and e.event not like '%.refused' order by e.occurred_at, e.id`,
    [person],
  );
  return rows.map(({ event }) => event);
};
const link = (staffId: string, other: string) =>
  linkPerson(ada, { staffId, otherEmail: `${other}@alongside.test`, reason });
const names = async (staffId: string) =>
  (await readSamePerson(db, staffId)).map(({ name }) => name);

describe("taking two accounts apart", () => {
  it("waits for a second admin, who accepts; then each is a person of its own, on record", async () => {
    expect(said(await proposeParting(ada, { staffId: s.ana, reason }))).toMatch(/^conflict/);
    await link(s.ana, "max");
    await link(s.ana, "moe");
    const asked = await proposeParting(ada, { staffId: s.ana, reason });
    expect(said(asked)).toBe("ok");
    expect(await names(s.ana)).toEqual(["max", "moe"]);
    expect(said(await proposeParting(abe, { staffId: s.ana, reason }))).toMatch(
      /^conflict: Nothing was saved: P-\d+ proposes that the account ana@alongside.test is a person of its own already/,
    );
    expect(said(await accept(ada, s.ana))).toMatch(/^second_person/);
    expect(said(await accept(abe, s.ana))).toBe("ok");
    expect(await names(s.ana)).toEqual([]);
    expect(await names(s.max)).toEqual(["moe"]);
    expect((await eventsOf(s.ana)).slice(-3)).toEqual([
      "proposal.made",
      "proposal.accepted",
      "person.unlinked",
    ]);
  });

  it("is refused once another account was linked meanwhile", async () => {
    await proposeParting(ada, { staffId: s.max, reason });
    await link(s.max, "ben");
    expect(said(await accept(abe, s.max))).toMatch(/^conflict: Who is one person with max/);
    expect(await names(s.max)).toEqual(["ben", "moe"]);
  });

  it("is nobody's own to propose, through whichever account", async () => {
    const second = await hire(s.owner, "ada2", ["agent"]);
    await s.owner.query("update staff set person_id = $1 where id = $2", [ada.actor.id, second]);
    expect(said(await proposeParting(ada, { staffId: second, reason }))).toMatch(/^own_record/);
    expect(said(await restoreStaff(ada, { staffId: second, reason }))).toMatch(/^own_record/);
  });
});

describe("letting an admin in again", () => {
  const statusOf = async (id: string) => (await readStaff(db, id))?.status;

  it("waits for a second admin, and then they are one as before", async () => {
    const { id } = (await admin("out")).actor;
    await withdrawStaff(ada, { staffId: id, reason });
    expect(await restoreStaff(ada, { staffId: id, reason })).toMatchObject({
      value: { proposed: expect.any(Number) },
    });
    expect(said(await restoreStaff(abe, { staffId: id, reason }))).toMatch(/^conflict/);
    expect(await statusOf(id)).toBe("deactivated");
    expect(said(await accept(ada, id))).toMatch(/^second_person/);
    expect(said(await accept(abe, id))).toBe("ok");
    expect(await readStaff(db, id)).toMatchObject({ status: "active", roles: ["admin"] });
    expect((await eventsOf(id)).at(-1)).toBe("staff.restored");
    await withdrawStaff(ada, { staffId: id, reason });
  });

  it("is refused where one active admin is left, who is told what can be done; and that lets them in", async () => {
    await withdrawStaff(ada, { staffId: abe.actor.id, reason });
    const { id, email } = abe.actor;
    expect(said(await restoreStaff(ada, { staffId: id, reason }))).toMatch(
      /^second_person: .*Make somebody else an admin first.*npm run admin -- abe@alongside.test --restore$/,
    );
    const console_: Ctx<SystemActor> = {
      ...{ db: drizzle(s.owner), ip: null, userAgent: null, requestId: newId() },
      actor: { kind: "system", part: "command" },
    };
    expect(said(await makeAdmin(console_, { email }))).toMatch(/^not_allowed: .*--restore$/);
    expect(await makeAdmin(console_, { email, restore: true })).toMatchObject({
      value: { done: "restored" },
    });
    expect(await statusOf(id)).toBe("active");
    expect((await eventsOf(id)).at(-1)).toBe("staff.restored");
  });
});
