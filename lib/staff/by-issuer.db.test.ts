import { drizzle } from "drizzle-orm/node-postgres";
import { describe, expect, it } from "vitest";
import { opened } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import type { AnonymousActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { endByIssuer, type Logout } from "./end-by-issuer.ts";
import { type Proof, signInByIssuer } from "./sign-in-by-issuer.ts";

const s = await scene();
const issuer = "https://login.acme.test";
const ctx: Ctx<AnonymousActor> = {
  db: drizzle(s.runtime),
  actor: { kind: "anonymous" },
  ip: "192.0.2.1",
  userAgent: "a test",
  requestId: newId(),
};

const proofOf = (name: string, sid: string | null): Proof => ({
  issuer,
  subject: `sub-${name}`,
  sid,
  email: `${name}@alongside.test`,
  emailVerified: true,
  authTime: new Date(),
  authSaid: true,
  acr: null,
  idToken: null,
  groups: null,
});
async function enter(name: string, sid: string | null): Promise<string> {
  const result = await signInByIssuer(ctx, proofOf(name, sid));
  if (!result.ok) throw new Error(result.error.message);
  return result.value.signInId;
}
const logOut = (said: Partial<Logout>) =>
  endByIssuer(ctx, {
    issuer,
    jti: newId(),
    sid: null,
    subject: null,
    issuedAt: new Date(),
    goodUntil: new Date(Date.now() + 120_000),
    ...said,
  });

/** Returns once somebody waits for a lock of this connection's. */
async function isWaitedFor(pid: number, isOver = () => false): Promise<void> {
  while (!isOver()) {
    const { rows } = await s.owner.query(
      "select from pg_stat_activity where $1::int = any (pg_blocking_pids(pid))",
      [pid],
    );
    if (rows.length > 0) return;
  }
}

describe("a logout at the issuer", () => {
  it("that names a session ends that sign-in, and those of the person of which no session is known", async () => {
    const named = await enter("ana", "sid-1");
    const other = await enter("ana", "sid-2");
    const unknown = await enter("ana", null);
    const ofBen = await enter("ben", null);
    const ended = await logOut({ sid: "sid-1", subject: "sub-ana" });
    expect(ended).toMatchObject({ ok: true });
    expect(ended.ok && ended.value.signInIds.toSorted()).toEqual([named, unknown].toSorted());
    const all = await logOut({ subject: "sub-ana" });
    expect(all).toEqual({ ok: true, value: { signInIds: [other] } });
    expect(await logOut({ subject: "sub-ben" })).toEqual({
      ok: true,
      value: { signInIds: [ofBen] },
    });
  });

  it("that names a session but nobody ends that one only", async () => {
    const named = await enter("max", "sid-max");
    await enter("mia", null);
    expect(await logOut({ sid: "sid-max" })).toEqual({ ok: true, value: { signInIds: [named] } });
  });
});

describe("a sign-in that is under way when the issuer ends its session", () => {
  const refused = { ok: false, error: { code: "not_allowed", detail: { why: "logged_out" } } };
  const late = (name: string, more: Partial<Proof>) =>
    signInByIssuer(ctx, { ...proofOf(name, null), ...more });
  const turn = `hashtextextended('logout ${issuer}', 0)`;

  it("is refused by the session that was named, and by no other", async () => {
    const lena = await s.agent("lena");
    await logOut({ sid: "sid-lena", subject: "sub-lena" });
    expect(await late("lena", { sid: "sid-lena" })).toMatchObject(refused);
    expect(await late("lena", { sid: "sid-lena-2" })).toMatchObject({ ok: true });
    const { rows } = await s.owner.query(
      `select count(*)::int as n from audit_entry where event = 'sign_in.refused' and actor_id = $1`,
      [lena],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it("is refused by the person, where no session is known, until they prove themselves anew", async () => {
    await s.agent("omar");
    const before = new Date(Date.now() - 60_000);
    const after = new Date(Date.now() + 1000);
    await logOut({ subject: "sub-omar" });
    expect(await late("omar", { sid: "sid-omar", authTime: before })).toMatchObject(refused);
    expect(await late("omar", { sid: "sid-omar", authTime: after })).toMatchObject({ ok: true });
    await s.agent("pia");
    await logOut({ sid: "sid-of-no-sign-in", subject: "sub-pia" });
    expect(await late("pia", { authTime: before })).toMatchObject(refused);
    expect(await late("pia", { sid: "sid-pia", authTime: before })).toMatchObject({ ok: true });
  });

  it("is waited for by the logout, and ended", async () => {
    await enter("moe", "sid-moe");
    const signIn = await opened(s.runtime);
    await signIn.sql.query(`select pg_advisory_xact_lock_shared(${turn})`);
    const logout = logOut({ sid: "sid-moe-2" });
    await isWaitedFor(signIn.pid);
    const id = newId();
    await insert(signIn.sql, "staff_sign_ins", {
      ...{ id, staff_id: s.moe, how: "issuer", issuer, subject: "sub-moe", sid: "sid-moe-2" },
    });
    await signIn.commit();
    expect(await logout).toEqual({ ok: true, value: { signInIds: [id] } });
  });

  it("waits for the logout that came first, and is refused", async () => {
    const logout = await opened(s.runtime);
    await logout.sql.query(`select pg_advisory_xact_lock(${turn})`);
    const signIn = late("moe", { sid: "sid-moe-3" });
    await isWaitedFor(logout.pid);
    await logout.sql.query(
      `insert into spent_tokens (issuer, jti_hash, good_until, sid, issued_at)
         values ($1, '\\x01', clock_timestamp() + interval '1 minute', 'sid-moe-3', clock_timestamp())`,
      [issuer],
    );
    await logout.commit();
    expect(await signIn).toMatchObject(refused);
  });
});

it("two first sign-ins at once of one person both let them in, bound once and on record once", async () => {
  const nia = await s.agent("nia");
  const both = await Promise.all([enter("nia", "sid-nia-1"), enter("nia", "sid-nia-2")]);
  expect(new Set(both).size).toBe(2);
  const { rows } = await s.owner.query(
    `select (select count(*)::int from staff_identities where staff_id = $1) as bound,
       (select count(*)::int from audit_entry where event = 'identity.bound' and actor_id = $1) as entries`,
    [nia],
  );
  expect(rows).toEqual([{ bound: 1, entries: 1 }]);
  const another = await signInByIssuer(ctx, { ...proofOf("nia", null), subject: "sub-another" });
  expect(another).toMatchObject({ ok: false, error: { detail: { why: "other_identity" } } });
});

it("somebody who is being deactivated does not come in meanwhile, to be found signed in when let in again", async () => {
  const eve = await s.agent("eve");
  await enter("eve", "sid-eve");
  const withdrawal = await opened(s.owner);
  await withdrawal.sql.query("select from staff where id = $1 for no key update", [eve]);
  let isOver = false;
  const meanwhile = signInByIssuer(ctx, proofOf("eve", "sid-eve-2")).finally(() => {
    isOver = true;
  });
  await isWaitedFor(withdrawal.pid, () => isOver);
  await withdrawal.sql.query(
    "update staff set status = 'deactivated', deactivated_at = clock_timestamp() where id = $1",
    [eve],
  );
  await withdrawal.sql.query(
    "update staff_sign_ins set ended_at = clock_timestamp(), end_cause = 'withdrawn' where staff_id = $1 and ended_at is null",
    [eve],
  );
  await withdrawal.commit();
  expect(await meanwhile).toMatchObject({ ok: false, error: { detail: { why: "deactivated" } } });
  const { rows } = await s.owner.query(
    "select from staff_sign_ins where staff_id = $1 and ended_at is null",
    [eve],
  );
  expect(rows).toEqual([]);
});
