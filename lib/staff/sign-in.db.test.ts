import { drizzle } from "drizzle-orm/node-postgres";
import { describe, expect, it } from "vitest";
import { hire, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, grant, start } from "#db/testing/steps.ts";
import type { AnonymousActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { approversOf, readPersonas } from "./queries.ts";
import { readSignIn } from "./read-sign-in.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

const s = await scene();
const db = drizzle(s.runtime);
const ctx: Ctx<AnonymousActor> = {
  db,
  actor: { kind: "anonymous" },
  ip: "192.0.2.1",
  userAgent: "a test",
  requestId: newId(),
};

const enter = async (staffId: string): Promise<string> => {
  const result = await signIn(ctx, { staffId, how: "persona" });
  if (!result.ok) throw new Error(result.error.message);
  return result.value.signInId;
};
const actorOf = async (signInId: string): Promise<StaffActor> => {
  const read = await readSignIn(db, signInId, false);
  if (!read.ok) throw new Error(read.why);
  return read.actor;
};
const whyNot = async (signInId: string): Promise<string | null> => {
  const read = await readSignIn(db, signInId, false);
  return read.ok ? null : read.why;
};
const deactivate = (id: string) =>
  s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = clock_timestamp() where id = $1",
    [id],
  );
const age = (signInId: string, column: "created_at" | "last_active_at", by: string) =>
  s.owner.query(`update staff_sign_ins set ${column} = ${column} - $2::interval where id = $1`, [
    signInId,
    by,
  ]);
const lastActive = async (signInId: string): Promise<Date> => {
  const { rows } = await s.owner.query("select last_active_at from staff_sign_ins where id = $1", [
    signInId,
  ]);
  return rows[0]?.last_active_at;
};
const entries = async (actorId: string, event: string) => {
  const { rows } = await s.owner.query(
    `select p.body::jsonb as body from audit_entry e join audit_payload p on p.entry_id = e.id
     where e.actor_id = $1 and e.event = $2 order by e.occurred_at`,
    [actorId, event],
  );
  return rows.map((row) => row.body);
};

describe("signing in", () => {
  it("makes a row and an entry, and gives the roles held now", async () => {
    const actor = await actorOf(await enter(s.moe));
    expect(actor).toMatchObject({ id: s.moe, roles: ["agent", "manager"] });
    expect(await entries(s.moe, "sign_in.started")).toMatchObject([
      { by: "moe", by_roles: ["agent", "manager"], ip: "192.0.2.1", sign_in: actor.signInId },
    ]);
  });

  it("refuses who is deactivated, with their name on record", async () => {
    const gone = await hire(s.owner, "gone", ["agent"]);
    await deactivate(gone);
    const result = await signIn(ctx, { staffId: gone, how: "persona" });
    expect(result).toMatchObject({ ok: false, error: { detail: { why: "deactivated" } } });
    expect(await entries(gone, "sign_in.refused")).toMatchObject([
      { name: "gone", refused: "not_allowed" },
    ]);
    expect(await entries(gone, "sign_in.started")).toEqual([]);
  });

  it("refuses who holds no role", async () => {
    const idle = await hire(s.owner, "roleless", []);
    const result = await signIn(ctx, { staffId: idle, how: "persona" });
    expect(result).toMatchObject({ ok: false, error: { detail: { why: "no_role" } } });
  });

  it("counts attempts as nobody, by source and minute", async () => {
    const result = await signIn(ctx, { staffId: newId(), how: "persona" });
    expect(result).toMatchObject({ ok: false, error: { code: "not_found" } });
    const { rows } = await s.owner.query(
      "select sum(count)::int as count from counted_refusals where event = 'sign_in.refused' and source = '192.0.2.1'",
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  it("counts a whole network as one source: 2^64 addresses are not as many entries", async () => {
    for (const ip of ["2001:db8::1", "2001:db8::2", "2001:db8:0:0:ffff::3"])
      await signIn({ ...ctx, ip }, { staffId: newId(), how: "persona" });
    const { rows } = await s.owner.query(
      "select source, sum(count)::int as count from counted_refusals where source like '2001%' group by source",
    );
    expect(rows).toEqual([{ source: "2001:db8:0:0::/64", count: 3 }]);
  });
});

describe("a sign-in, at the next request", () => {
  it("is lost by deactivation, and by the last role", async () => {
    const eve = await hire(s.owner, "eve", ["agent"]);
    const signInId = await enter(eve);
    await takeRole(s.owner, eve, "agent");
    expect(await whyNot(signInId)).toBe("no_role");
    await deactivate(eve);
    expect(await whyNot(signInId)).toBe("deactivated");
  });

  it("loses the role that was taken and keeps the other", async () => {
    const kim = await hire(s.owner, "kim", ["agent", "manager"]);
    const signInId = await enter(kim);
    await takeRole(s.owner, kim, "agent");
    expect((await actorOf(signInId)).roles).toEqual(["manager"]);
  });

  it("is over after 12 h, and after 30 min without use", async () => {
    const long = await enter(s.ana);
    await age(long, "created_at", "12 hours");
    expect(await whyNot(long)).toBe("expired");
    const unused = await enter(s.ana);
    await age(unused, "last_active_at", "30 minutes");
    expect(await whyNot(unused)).toBe("idle");
  });

  it("is kept by what the person does, not by polls", async () => {
    const signInId = await enter(s.ana);
    await age(signInId, "last_active_at", "29 minutes");
    const before = await lastActive(signInId);
    await readSignIn(db, signInId, false);
    expect(await lastActive(signInId)).toEqual(before);
    await readSignIn(db, signInId, true);
    const after = await lastActive(signInId);
    expect(after.getTime()).toBeGreaterThan(before.getTime());
    await readSignIn(db, signInId, true);
    expect(await lastActive(signInId)).toEqual(after);
  });

  it("is kept by work in a product", async () => {
    const signInId = await enter(s.ben);
    await s.commit(async (sql) => {
      const request = await ask(sql, s.ben, s.jane);
      await grant(sql, request);
      await start(sql, request, { sign_in_id: signInId });
    });
    await age(signInId, "last_active_at", "45 minutes");
    expect(await whyNot(signInId)).toBeNull();
  });

  it("is over once signed out, and that happens once", async () => {
    const signInId = await enter(s.mia);
    const signedIn: Ctx<StaffActor> = { ...ctx, actor: await actorOf(signInId) };
    expect(await signOut(signedIn)).toEqual({ ok: true, value: { signInId } });
    expect(await whyNot(signInId)).toBe("ended");
    expect(await signOut(signedIn)).toMatchObject({ ok: false, error: { code: "ended" } });
    expect(await entries(s.mia, "sign_in.ended")).toHaveLength(1);
  });

  it("is nobody's with an id that was never given", async () => {
    expect(await whyNot(newId())).toBe("unknown");
  });
});

describe("approvers", () => {
  it("are active managers: not the actor, not who reports to the actor, at work first", async () => {
    const boss = await hire(s.owner, "boss", ["agent", "manager"]);
    const under = await hire(s.owner, "under", ["manager"], { managerId: boss });
    const below = await hire(s.owner, "below", ["manager"], { managerId: under });
    await enter(s.max);
    const names = (await approversOf(db, boss)).map((one) => one.name);
    expect(names).toEqual(expect.arrayContaining(["max", "mia"]));
    expect(names.indexOf("max")).toBeLessThan(names.indexOf("mia"));
    for (const missing of ["boss", "under", "below", "ana"]) expect(names).not.toContain(missing);
    expect((await approversOf(db, s.ana)).map((one) => one.id)).toContain(below);
  });

  it("see how many requests wait for them", async () => {
    const before = await readPersonas(db);
    await s.commit((sql) => ask(sql, s.moe, s.rita));
    const after = await readPersonas(db);
    const waiting = ({ people }: typeof before, id: string) =>
      people.find((one) => one.id === id)?.waiting ?? 0;
    const grown = (id: string) => waiting(after, id) - waiting(before, id);
    expect([s.max, s.moe, s.ana].map(grown)).toEqual([1, 0, 0]);
  });
});
