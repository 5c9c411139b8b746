import { drizzle } from "drizzle-orm/node-postgres";
import { describe, expect, it } from "vitest";
import { opened } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
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
  authTime: null,
  idToken: null,
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
    goodUntil: new Date(Date.now() + 120_000),
    ...said,
  });

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

it("somebody who is being deactivated does not come in meanwhile, to be found signed in when let in again", async () => {
  const eve = await s.agent("eve");
  await enter("eve", "sid-eve");
  const withdrawal = await opened(s.owner);
  await withdrawal.sql.query("select from staff where id = $1 for no key update", [eve]);
  let isOver = false;
  const meanwhile = signInByIssuer(ctx, proofOf("eve", "sid-eve-2")).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const { rows } = await s.owner.query(
      "select from pg_stat_activity where $1::int = any (pg_blocking_pids(pid))",
      [withdrawal.pid],
    );
    if (rows.length > 0) break;
  }
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
