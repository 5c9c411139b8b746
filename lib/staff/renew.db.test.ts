import { expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { scene } from "#db/testing/scene.ts";
import { insert, update } from "#db/testing/sql.ts";
import { startLogExport } from "#lib/evidence/exports/start.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { start } from "#lib/impersonation/start.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { ask } from "#lib/requests/ask.ts";
import { approve } from "#lib/requests/vote.ts";
import { readSignIn } from "./read-sign-in.ts";
import { renewAsPersona, renewByIssuer } from "./renew.ts";
import { signInByIssuer } from "./sign-in-by-issuer.ts";

const s = await scene();
const work = await atWork(s);
const freshSignIn = { sensitiveStart: 15, sensitiveApproval: 15, export: 15 };
await insert(s.owner, "policy_versions", { version: 15, body: { ...policy14, freshSignIn } });

const again = { ok: false, error: { code: "sign_in_again", detail: { why: "old" } } };
const done = { ok: true };

/** As the panel reads them at their next request. */
async function now<A extends StaffActor>(ctx: Ctx<A>): Promise<Ctx<StaffActor>> {
  const read = await readSignIn(ctx.db, ctx.actor.signInId, false);
  if (!read.ok) throw new Error(read.why);
  return { ...ctx, actor: read.actor };
}
const aged = async (ctx: Ctx<StaffActor>) => {
  await update(s.owner, "staff_sign_ins", ctx.actor.signInId, {
    auth_time: new Date(Date.now() - 3_600_000),
  });
  return now(ctx);
};

it("asks for a fresh sign-in before an approval and a start that are sensitive, and for none else", async () => {
  const standard = await standIn(await aged(work.ben), question(s.jane.id));
  expect(standard).toMatchObject({ ok: true, value: { kind: "started" } });

  const asked = await ask(await aged(work.ana), question(s.rita.id));
  if (!asked.ok) throw new Error(asked.error.message);
  const requestId = asked.value.id;
  const { rows } = await s.owner.query("select ask_hash from requests where id = $1", [requestId]);
  const vote = { requestId, ask: rows[0]?.ask_hash.toString("hex"), minutes: 30 };
  expect(await approve(await aged(work.max), vote)).toMatchObject(again);
  expect(await renewAsPersona(work.max)).toMatchObject(done);
  expect(await approve(await now(work.max), vote)).toMatchObject(done);

  expect(await start(await aged(work.ana), { requestId })).toMatchObject(again);
  expect(await renewAsPersona(work.ana)).toMatchObject(done);
  expect(await start(await now(work.ana), { requestId })).toMatchObject(done);
  const refused = await s.owner.query(
    `select e.event from audit_entry e join audit_payload p on p.entry_id = e.id
      where p.body::jsonb ->> 'refused' = 'sign_in_again' order by e.occurred_at`,
  );
  expect(refused.rows.map(({ event }) => event)).toEqual(["vote.refused", "session.refused"]);
});

it("asks for one before an export", async () => {
  const cleo = await aged({ ...work.ana, actor: { ...work.ana.actor, roles: ["compliance"] } });
  const input = { filter: {}, format: "csv", reason: "For the auditor" } as const;
  expect(
    await startLogExport({ ...cleo, actor: { ...cleo.actor, roles: ["compliance"] } }, input),
  ).toMatchObject(again);
});

const issuer = "https://login.acme.test";
const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

/** Signed in by the issuer an hour ago, by its word; and what it says of them now. */
async function byIssuer(name: string, roles: string) {
  const id = await s.agent(name);
  const subject = `sub-${name}`;
  const result = await signInByIssuer(
    { ...work.ana, actor: { kind: "anonymous" } },
    {
      issuer,
      subject,
      sid: "sid-1",
      email: `${name}@alongside.test`,
      emailVerified: true,
      authTime: new Date(Date.now() - 3_600_000),
      authSaid: roles !== "unsaid",
      acr: null,
      idToken: null,
      groups: null,
    },
  );
  if (!result.ok) throw new Error(result.error.message);
  const read = await readSignIn(work.ana.db, result.value.signInId, false);
  if (!read.ok) throw new Error(read.why);
  const ctx = { ...work.ana, actor: read.actor };
  const at = seconds(new Date());
  const proof = { issuer, subject, sid: "sid-2", authTime: at, issuedAt: at, acr: "pwd" };
  return { id, ctx, proof };
}
const justNow = (acr: string | null = null) => ({ at: new Date(Date.now() - 5_000), acr });

it("renews by the issuer's word in the same sign-in, which follows its new session", async () => {
  const { ctx, proof } = await byIssuer("lena", "unsaid");
  expect(ctx.actor.authTime).toBeNull();
  expect(await renewByIssuer(ctx, proof, justNow())).toEqual({
    ok: true,
    value: { signInId: ctx.actor.signInId },
  });
  const { actor } = await now(ctx);
  expect(actor).toMatchObject({ authTime: new Date(proof.authTime * 1000), acr: "pwd" });
  const { rows } = await s.owner.query(
    `select i.sid, e.event, e.actor_id, p.body::jsonb ->> 'sign_in' as sign_in
       from staff_sign_ins i join audit_entry e on e.id = i.renewed_entry_id
       join audit_payload p on p.entry_id = e.id where i.id = $1`,
    [actor.signInId],
  );
  expect(rows).toEqual([
    { sid: "sid-2", event: "sign_in.renewed", actor_id: actor.id, sign_in: actor.signInId },
  ]);
});

it.each([
  ["other_person", { subject: "sub-somebody" }, null],
  ["other_person", { issuer: "https://login.evil.test" }, null],
  ["unsaid", { authTime: null }, null],
  ["old", { authTime: seconds(new Date()) - 300 }, null],
  ["acr_unsaid", { acr: null }, "mfa"],
  ["acr", {}, "mfa"],
])("renews nothing: %s", async (why, said, acr) => {
  const { ctx, proof } = await byIssuer(`who-${newId()}`, "said");
  expect(await renewByIssuer(ctx, { ...proof, ...said }, justNow(acr))).toMatchObject({
    ok: false,
    error: { code: "not_allowed", detail: { why } },
  });
  expect((await now(ctx)).actor.authTime).toEqual(ctx.actor.authTime);
});

it("renews nothing that is over, and nobody of the issuer as a person of the demo", async () => {
  const { ctx, proof } = await byIssuer("omar", "said");
  expect(await renewAsPersona(ctx)).toMatchObject({ error: { detail: { why: "other_person" } } });
  await update(s.runtime, "staff_sign_ins", ctx.actor.signInId, {
    ended_at: new Date(),
    end_cause: "signed_out",
  });
  expect(await renewByIssuer(ctx, proof, justNow())).toMatchObject({
    error: { detail: { why: "ended" } },
  });
});
