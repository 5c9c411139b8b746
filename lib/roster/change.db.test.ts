import { describe, expect, it } from "vitest";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { readGlobalStop } from "#lib/impersonation/global-stop.ts";
import { recordActions } from "#lib/impersonation/record-actions.ts";
import { start } from "#lib/impersonation/start.ts";
import { liftStop, stopAll } from "#lib/impersonation/stop-all.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import { withdrawStaff } from "#lib/impersonation/withdraw-staff.ts";
import { readWouldEnd } from "#lib/impersonation/would-end.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { ask } from "#lib/requests/ask.ts";
import { approve } from "#lib/requests/vote.ts";
import { readGrants, readPeople, readPerson } from "#lib/staff/people.ts";
import { readSignIn } from "#lib/staff/read-sign-in.ts";
import { addStaffSchema, type ChangeStaff, changeStaffSchema } from "#lib/staff/schemas.ts";
import type { Role } from "#lib/vocabulary.ts";
import { acceptRole } from "./accept-role.ts";
import { addStaff } from "./add.ts";
import { changeStaff } from "./change.ts";
import { mapGroup, readGroups } from "./groups.ts";
import { restoreStaff } from "./let-in-again.ts";

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
    reason: "As their manager asked",
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

describe("suspending", () => {
  it("cancels what they ask, and voids what they voted for, so that it cannot start", async () => {
    const voter = await hire(s.owner, "vera", ["manager"]);
    const voterSignIn = newId();
    await insert(s.runtime, "staff_sign_ins", { id: voterSignIn, staff_id: voter });
    const vera: Ctx<StaffActor> = {
      ...work.max,
      actor: { ...work.max.actor, id: voter, name: "vera", signInId: voterSignIn },
    };
    const asked = await ask(work.ana, question(s.rita.id));
    const own = await ask(work.moe, question(s.rita.id));
    if (!asked.ok || !own.ok) throw new Error("Nothing was asked");
    const { rows } = await s.owner.query("select ask_hash from requests where id = $1", [
      asked.value.id,
    ]);
    const vote = { requestId: asked.value.id, ask: rows[0]?.ask_hash.toString("hex"), minutes: 30 };
    expect(await approve(vera, vote)).toMatchObject({ value: { status: "granted" } });
    expect(await readWouldEnd(admin, voter)).toMatchObject({
      signIns: 1,
      subject: null,
      requests: [],
      votes: [asked.value.number],
    });
    expect(await readWouldEnd(admin, s.moe)).toMatchObject({ requests: [own.value.number] });
    for (const staffId of [voter, s.moe])
      expect(await withdrawStaff(admin, { staffId, reason: "A lost laptop" })).toMatchObject({
        ok: true,
      });
    expect(await start(work.ana, { requestId: asked.value.id })).toMatchObject({
      ok: false,
      error: { code: "needs_approval" },
    });
    const states = await s.owner.query(
      `select q.status, e.event, e.actor_id from requests q join audit_entry e on e.id = q.closed_entry_id where q.id = $1`,
      [own.value.id],
    );
    expect(states.rows).toEqual([
      { status: "cancelled", event: "request.cancelled", actor_id: adminId },
    ]);
    expect(await readSignIn(admin.db, voterSignIn, false)).toMatchObject({ why: "deactivated" });
  });
});

describe("making an admin", () => {
  it("waits for another admin, who accepts; with one admin only it is refused, and says how else", async () => {
    const id = await added("ian");
    const wanted = details(id, "ian", ["agent", "admin"]);
    expect(await changeStaff(admin, wanted)).toMatchObject({
      error: {
        code: "second_person",
        message: expect.stringContaining("npm run admin -- ian@alongside.test"),
      },
    });
    const second = await hire(s.owner, "abe", ["admin"]);
    const signIn = newId();
    await insert(s.runtime, "staff_sign_ins", { id: signIn, staff_id: second });
    const abe: Ctx<StaffActor> = {
      ...admin,
      actor: { ...admin.actor, id: second, name: "abe", signInId: signIn },
    };
    const { reason: _, ...silent } = wanted;
    expect(await changeStaff(admin, silent)).toMatchObject({ error: { code: "invalid" } });
    const proposed = await changeStaff(admin, { ...wanted, roles: ["manager", "admin"] });
    expect(proposed).toMatchObject({ ok: true, value: { proposed: expect.any(Number) } });
    // What is no admin's is given at once.
    expect(await readPerson(admin.db, id)).toMatchObject({ roles: ["manager"] });
    expect(await changeStaff(admin, { ...wanted, roles: ["manager", "admin"] })).toMatchObject({
      error: { code: "conflict" },
    });
    const { rows } = await s.owner.query("select id from proposals where staff_id = $1", [id]);
    const input = { proposalId: rows[0]?.id, comment: "" };
    expect(await acceptRole(admin, input)).toMatchObject({ error: { code: "second_person" } });
    expect(await acceptRole(work.max, input)).toMatchObject({ error: { code: "not_allowed" } });
    expect(await acceptRole(abe, input)).toMatchObject({ ok: true });
    expect(await readPerson(admin.db, id)).toMatchObject({ roles: ["manager", "admin"] });
    expect(await readGrants(admin.db, id)).toEqual(
      expect.arrayContaining([expect.objectContaining({ role: "admin", grantedBy: "abe" })]),
    );
    expect(await acceptRole(abe, input)).toMatchObject({ error: { code: "already_decided" } });

    const mapping = { group: "watch", role: "compliance" as const, lookingOnly: false };
    const reason = "They watch over it";
    const mapped = await mapGroup(admin, { ...mapping, reason });
    expect(mapped).toMatchObject({ ok: true, value: { id: null, proposed: expect.any(Number) } });
    const waiting = await s.owner.query(
      "select id from proposals where staff_id is null and status = 'pending'",
    );
    const of = { proposalId: waiting.rows[0]?.id, comment: "" };
    expect(await acceptRole(admin, of)).toMatchObject({ error: { code: "second_person" } });
    expect(await acceptRole(abe, of)).toMatchObject({ ok: true });
    expect(await readGroups(admin)).toMatchObject([
      { group: "watch", role: "compliance", mappedBy: "abe", holders: 0 },
    ]);
    for (const admins of [second, id])
      await s.owner.query(
        "update staff_roles set revoked_at = clock_timestamp() where staff_id = $1 and role = 'admin'",
        [admins],
      );
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
