import { describe, expect, it } from "vitest";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { readGlobalStop } from "#lib/impersonation/global-stop.ts";
import { recordActions } from "#lib/impersonation/record-actions.ts";
import { start } from "#lib/impersonation/start.ts";
import { liftStop, stopAll } from "#lib/impersonation/stop-all.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import { restoreStaff, withdrawStaff } from "#lib/impersonation/withdraw-staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { ask } from "#lib/requests/ask.ts";
import type { Role } from "#lib/vocabulary.ts";
import { addStaff } from "./add.ts";
import { changeStaff } from "./change.ts";
import { readGrants, readPeople, readPerson } from "./people.ts";
import { readSignIn } from "./read-sign-in.ts";
import { addStaffSchema, type ChangeStaff, changeStaffSchema } from "./schemas.ts";

const s = await scene();
const work = await atWork(s);
const adminId = await hire(s.owner, "ada", ["admin"]);
const signInId = newId();
await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: adminId });
const admin: Ctx<StaffActor> = {
  ...work.ana,
  actor: { ...work.ana.actor, id: adminId, name: "ada", roles: ["admin"], signInId },
};

const newPerson = (name: string, more: object = {}) =>
  addStaffSchema.parse({
    name,
    email: `${name}@alongside.test`,
    team: "Support",
    zone: "Europe/Lisbon",
    roles: ["agent"],
    ...more,
  });
const added = async (name: string, more: object = {}): Promise<string> => {
  const result = await addStaff(admin, newPerson(name, more));
  if (!result.ok) throw new Error(result.error.message);
  return result.value.staffId;
};
const details = (staffId: string, name: string, roles: Role[]): ChangeStaff => {
  const { held: _, ...form } = changeStaffSchema.parse({
    staffId,
    name,
    team: "Support",
    zone: "Europe/Lisbon",
    roles,
    held: "",
  });
  return form;
};
const entriesOf = async (person: string) => {
  const { rows } = await s.owner.query<{ event: string }>(
    `select e.event from audit_entry e join audit_payload p on p.entry_id = e.id
      where p.body::jsonb ->> 'person' = $1 order by e.occurred_at, e.id`,
    [person],
  );
  return rows.map(({ event }) => event);
};

describe("adding to the staff", () => {
  it("puts them in with their roles, giver and entries", async () => {
    const id = await added("elin", { managerEmail: "MAX@alongside.test" });
    expect(await readPerson(admin.db, id)).toMatchObject({
      name: "elin",
      managerName: "max",
      roles: ["agent"],
      status: "active",
      activeAt: null,
    });
    expect(await readGrants(admin.db, id)).toMatchObject([{ role: "agent", grantedBy: "ada" }]);
    expect(await entriesOf(id)).toEqual(["staff.added", "role.granted"]);
  });

  it("refuses, beside the field, an e-mail that is taken and a manager whom nobody knows", async () => {
    expect(await addStaff(admin, newPerson("ana"))).toMatchObject({
      ok: false,
      error: { fields: { email: "ana has this e-mail." } },
    });
    const lost = newPerson("lost", { managerEmail: "nobody@alongside.test" });
    expect(await addStaff(admin, lost)).toMatchObject({
      error: { fields: { managerEmail: "Nobody on the staff has this e-mail." } },
    });
  });

  it("is for admins", async () => {
    expect(await addStaff(work.max, newPerson("sneaked"))).toMatchObject({
      error: { code: "not_allowed" },
    });
  });

  it("never gives agent and compliance together", () => {
    const both = addStaffSchema.safeParse({ ...newPerson("x"), roles: ["agent", "compliance"] });
    expect(both.error?.issues[0]?.path).toEqual(["roles"]);
  });
});

describe("changing", () => {
  it("takes and gives roles, agent to compliance in one step, and says what changed", async () => {
    const id = await added("kai");
    const result = await changeStaff(admin, details(id, "Kai Moor", ["compliance"]));
    expect(result).toMatchObject({ ok: true });
    expect(await readPerson(admin.db, id)).toMatchObject({
      name: "Kai Moor",
      roles: ["compliance"],
    });
    const told = ["staff.added", "role.granted", "staff.changed", "role.revoked", "role.granted"];
    expect(await entriesOf(id)).toEqual(told);
    await changeStaff(admin, details(id, "Kai Moor", ["compliance"]));
    expect(await entriesOf(id)).toEqual(told);
  });

  it("to looking only gives the role anew, and acting is over at once", async () => {
    const id = await added("nora");
    const signInId = newId();
    await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
    const nora: Ctx<StaffActor> = { ...work.ana, actor: { ...work.ana.actor, id, signInId } };
    const asked = await ask(nora, question(s.jane.id, { scope: "write" }));
    if (!asked.ok) throw new Error(asked.error.message);
    const started = await start(nora, { requestId: asked.value.id });
    if (!started.ok) throw new Error(started.error.message);
    const only = { ...details(id, "nora", ["agent"]), lookingOnly: true };
    expect(await changeStaff(admin, only)).toMatchObject({ ok: true });
    const write = {
      ...{ id: newId(), phase: "attempt" as const, at: new Date().toISOString(), seq: 1 },
      ...{ method: "POST", route: "/invoices", effect: "data" as const },
    };
    const { sessionId } = started.value;
    expect(await recordActions(work.ledger, sessionId, [write])).toMatchObject({
      value: { active: false, verdicts: [{ accepted: false }] },
    });
    const { rows } = await s.owner.query("select end_cause from sessions where id = $1", [
      sessionId,
    ]);
    expect(rows).toEqual([{ end_cause: "actor_withdrawn" }]);
    expect(await readPerson(admin.db, id)).toMatchObject({ roles: ["agent"], lookingOnly: true });
    expect(await readGrants(admin.db, id)).toMatchObject([
      { lookingOnly: true, revokedAt: null },
      { lookingOnly: false, revokedBy: "ada" },
    ]);
    expect(await changeStaff(admin, details(id, "nora", ["agent"]))).toMatchObject({ ok: true });
    expect(await readPerson(admin.db, id)).toMatchObject({ lookingOnly: false });
  });

  it("gives nothing back that was changed while the form was open", async () => {
    const id = await added("stale");
    const grants = async () =>
      (await readGrants(admin.db, id)).filter(({ revokedAt }) => !revokedAt).map((one) => one.id);
    const held = await grants();
    const only = { ...details(id, "stale", ["agent"]), lookingOnly: true };
    expect(await changeStaff(admin, { ...only, held })).toMatchObject({ ok: true });
    const left = await grants();
    expect(
      await changeStaff(admin, { ...details(id, "renamed", ["agent", "manager"]), held }),
    ).toMatchObject({ error: { code: "conflict" } });
    expect(await grants()).toEqual(left);
    expect(await readPerson(admin.db, id)).toMatchObject({ name: "stale", lookingOnly: true });
    expect(await changeStaff(admin, { ...only, held: left })).toMatchObject({ ok: true });
  });

  it("marks a service account, on record", async () => {
    const id = await added("sync");
    const service = { ...details(id, "sync", ["agent"]), kind: "service" as const };
    expect(await changeStaff(admin, service)).toMatchObject({ ok: true });
    expect(await readPerson(admin.db, id)).toMatchObject({ kind: "service" });
    expect(await entriesOf(id)).toContain("staff.changed");
  });

  it("is never of oneself, not even by an admin, and the attempt is on record", async () => {
    expect(await changeStaff(admin, details(adminId, "ada", ["admin", "manager"]))).toMatchObject({
      error: { code: "own_record" },
    });
    expect(await entriesOf(adminId)).toEqual(["settings.refused"]);
  });
});

describe("withdrawing", () => {
  it("signs them out and ends their session at once; letting in again needs a new sign-in", async () => {
    const asked = await ask(work.ben, question(s.jane.id));
    if (!asked.ok) throw new Error(asked.error.message);
    const started = await start(work.ben, { requestId: asked.value.id });
    if (!started.ok) throw new Error(started.error.message);
    const reason = "Left the company";
    expect(await withdrawStaff(admin, { staffId: s.ben, reason })).toMatchObject({ ok: true });
    expect(await readSignIn(admin.db, work.ben.actor.signInId, false)).toMatchObject({
      why: "deactivated",
    });
    const { rows } = await s.owner.query("select end_cause from sessions where id = $1", [
      started.value.sessionId,
    ]);
    expect(rows).toEqual([{ end_cause: "actor_withdrawn" }]);
    expect(await withdrawStaff(admin, { staffId: s.ben, reason })).toMatchObject({
      error: { code: "ended" },
    });
    expect(await restoreStaff(admin, { staffId: s.ben, reason: "Came back" })).toMatchObject({
      ok: true,
    });
    expect(await readSignIn(admin.db, work.ben.actor.signInId, false)).toMatchObject({
      why: "ended",
    });
    expect(await entriesOf(s.ben)).toEqual([
      "staff.withdrawn",
      "settings.refused",
      "staff.restored",
    ]);
  });
});

describe("the list", () => {
  it("pages by name, and finds by name, e-mail and role", async () => {
    for (let n = 0; n < 60; n += 1) await hire(s.owner, `page${String(n).padStart(2, "0")}`, []);
    const none = { after: undefined, before: undefined, role: undefined };
    const first = await readPeople(admin, { ...none, q: "PAGE" });
    expect(first.people).toHaveLength(50);
    expect(first.previous).toBeNull();
    const second = await readPeople(admin, { ...none, q: "page", after: first.next ?? undefined });
    expect(second.people.map(({ name }) => name)).toEqual(
      Array.from({ length: 10 }, (_, n) => `page${n + 50}`),
    );
    expect(second.next).toBeNull();
    const back = await readPeople(admin, {
      ...none,
      q: "page",
      before: second.previous ?? undefined,
    });
    expect(back.people).toEqual(first.people);
    const admins = await readPeople(admin, { ...none, q: "", role: "admin" });
    expect(admins.people.map(({ name }) => name)).toEqual(["ada"]);
    expect((await readPeople(admin, { ...none, q: "%" })).people).toEqual([]);
  });
});

describe("the global stop", () => {
  it("ends what is live, holds until it is lifted, and is an admin's", async () => {
    const asked = await ask(work.ana, question(s.jane.id));
    if (!asked.ok) throw new Error(asked.error.message);
    const started = await start(work.ana, { requestId: asked.value.id });
    if (!started.ok) throw new Error(started.error.message);
    expect(await stopAll(work.max, { reason: "Not mine" })).toMatchObject({
      error: { code: "not_allowed" },
    });
    const stopped = await stopAll(admin, { reason: "A leak" });
    if (!stopped.ok) throw new Error(stopped.error.message);
    const { rows } = await s.owner.query("select end_cause from sessions where id = $1", [
      started.value.sessionId,
    ]);
    expect(rows).toEqual([{ end_cause: "global_stop" }]);
    expect(await stopAll(admin, { reason: "Twice" })).toMatchObject({
      error: { code: "global_stop" },
    });
    expect(await ask(work.ana, question(s.jane.id))).toMatchObject({
      error: { code: "global_stop" },
    });
    const { stopId } = stopped.value;
    expect(await liftStop(admin, { stopId: newId(), reason: "Stale" })).toMatchObject({
      error: { code: "ended" },
    });
    expect(await liftStop(admin, { stopId, reason: "Over" })).toMatchObject({ ok: true });
    expect(await readGlobalStop(admin.db)).toBeNull();
    expect(await ask(work.ana, question(s.jane.id))).toMatchObject({ ok: true });
  });
});
