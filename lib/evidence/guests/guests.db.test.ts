import { expect, it } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { ageCounted } from "#db/testing/age.ts";
import { hire } from "#db/testing/people.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { flushCounted } from "#lib/audit/flush-counted.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { AnonymousActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { enterByLink, readLink } from "./enter.ts";
import { inviteGuest } from "./invite.ts";
import { recordLook } from "./look.ts";
import { makeLink } from "./make-link.ts";
import { readGuest, readGuests, readLooks } from "./queries.ts";
import { revokeGuest } from "./revoke.ts";
import { inviteSchema } from "./schemas.ts";
import { leave, readVisit } from "./visit.ts";

const s = await scene();
const { ana, max, worker } = await atWork(s);
const id = await hire(s.owner, "cora", ["compliance"]);
const cora: Ctx<StaffActor> = {
  ...max,
  actor: { ...max.actor, id, name: "cora", roles: ["compliance"] },
};
const anybody: Ctx<AnonymousActor> = { ...max, actor: { kind: "anonymous" } };
const input = inviteSchema.parse({
  name: "Astrid Vale",
  firm: "Vale & Partners",
  email: "astrid@vale.test",
  from: "2026-07-01",
  to: "2026-09-30",
  days: "14",
  reason: "The SOC 2 examination of the third quarter",
});
const invited = async () => {
  const result = await inviteGuest(cora, input);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const entered = async () => {
  const guest = await invited();
  const result = await enterByLink(anybody, guest.secret);
  if (!result.ok) throw new Error(result.error.message);
  const visit = await readVisit(cora.db, result.value.session, true);
  if (!visit.ok) throw new Error(visit.why);
  return {
    ...guest,
    session: result.value.session,
    ctx: { ...anybody, actor: visit.actor },
    visit,
  };
};
const events = async (guestId: string) => {
  const { rows } = await s.owner.query(
    `select event from audit_entry join audit_payload on entry_id = id
      where body::jsonb ->> 'guest' = $1 order by occurred_at, id`,
    [guestId],
  );
  return rows.map(({ event }) => event);
};
const shift = (table: string, set: string, of: string) =>
  inTransaction(s.owner, (sql) =>
    restingTriggers(sql, table, () => sql.query(`update ${table} set ${set} where ${of}`)),
  );

it("refuses an invitation by anybody but compliance, and one for longer than thirty days", async () => {
  expect(await inviteGuest(ana, input)).toMatchObject({ error: { code: "not_allowed" } });
  expect(await inviteGuest(max, input)).toMatchObject({ error: { code: "not_allowed" } });
  expect(inviteSchema.safeParse({ ...input, days: "31" }).success).toBe(false);
  expect(inviteSchema.safeParse({ ...input, to: "2026-06-30" }).success).toBe(false);
});

it("lets a guest in once by a link, to their period and nothing else", async () => {
  const guest = await invited();
  expect(await readLink(anybody, guest.secret)).toMatchObject({
    ok: true,
    link: { name: "Astrid Vale", firstDay: "2026-07-01", invitedBy: "cora" },
  });
  const both = await Promise.all([
    enterByLink(anybody, guest.secret),
    enterByLink(anybody, guest.secret),
  ]);
  expect(both.map((one) => (one.ok ? "in" : one.error.code)).sort()).toEqual(["in", "used"]);
  expect(await readLink(anybody, guest.secret)).toEqual({ ok: false, why: "used" });
  expect(await events(guest.guestId)).toEqual([
    "guest.invited",
    "guest.entered",
    "guest.refused",
    "guest.refused",
  ]);
});

it("stores neither secret", async () => {
  const guest = await entered();
  const { rows } = await s.owner.query(
    "select (select string_agg(l::text, '') from guest_links l) || (select string_agg(p::text, '') from audit_payload p) as all_of_it",
  );
  expect(rows[0].all_of_it).not.toContain(guest.secret);
  expect(rows[0].all_of_it).not.toContain(guest.session);
});

it("counts a guessed link by its source, and refuses many", async () => {
  const from = { ...anybody, ip: "203.0.113.9" };
  expect(await readLink(from, "guess")).toEqual({ ok: false, why: "unknown" });
  expect(await enterByLink(from, "guess")).toMatchObject({ error: { code: "not_found" } });
  for (let i = 0; i < 58; i += 1) await readLink(from, `guess${i}`);
  expect(await readLink(from, "guess")).toEqual({ ok: false, why: "too_often" });
  expect(await enterByLink(from, "guess")).toMatchObject({ error: { code: "too_often" } });
  await ageCounted(s.owner);
  await flushCounted(worker);
  const { rows } = await s.owner.query(
    `select (body::jsonb ->> 'count')::int as n from audit_entry join audit_payload on entry_id = id
      where event = 'guest.refused' and body::jsonb ->> 'ip' = '203.0.113.9'`,
  );
  expect(rows).toEqual([{ n: 60 }]);
});

it("lets nobody in by another cookie", async () => {
  expect(await readVisit(cora.db, "guess", true)).toEqual({
    ok: false,
    why: "unknown",
    guest: null,
  });
});

it("ends at once when compliance ends it, and is ended once", async () => {
  const guest = await entered();
  expect(await revokeGuest(max, guest)).toMatchObject({ error: { code: "not_allowed" } });
  expect(await readVisit(cora.db, guest.session, true)).toMatchObject({ ok: true });
  expect(await revokeGuest(cora, guest)).toMatchObject({ ok: true });
  expect(await readVisit(cora.db, guest.session, true)).toMatchObject({ why: "revoked" });
  expect(await revokeGuest(cora, guest)).toMatchObject({ error: { code: "ended" } });
  expect(await makeLink(cora, guest)).toMatchObject({ error: { code: "ended" } });
});

it("ends by itself, and when it rests too long", async () => {
  const guest = await entered();
  await shift(
    "guest_links",
    "last_active_at = now() - interval '71 hours'",
    `id = '${guest.visit.actor.linkId}'`,
  );
  expect(await readVisit(cora.db, guest.session, false)).toMatchObject({ ok: true });
  await shift(
    "guest_links",
    "last_active_at = now() - interval '73 hours'",
    `id = '${guest.visit.actor.linkId}'`,
  );
  expect(await readVisit(cora.db, guest.session, true)).toMatchObject({ why: "idle" });
  await shift(
    "guests",
    "invited_at = invited_at - interval '14 days', expires_at = expires_at - interval '14 days'",
    `id = '${guest.guestId}'`,
  );
  expect(await readVisit(cora.db, guest.session, true)).toMatchObject({ why: "expired" });
});

it("gives another link, which puts the earlier one and its browser out of use", async () => {
  const guest = await entered();
  const again = await makeLink(cora, guest);
  expect(again).toMatchObject({ ok: true });
  expect(await readVisit(cora.db, guest.session, true)).toMatchObject({ why: "replaced" });
  const unused = await invited();
  await makeLink(cora, unused);
  expect(await enterByLink(anybody, unused.secret)).toMatchObject({
    error: { code: "ended", detail: { why: "replaced" } },
  });
});

it("is left by the guest, on record, and once", async () => {
  const guest = await entered();
  await leave(guest.ctx);
  await leave(guest.ctx);
  expect(await readVisit(cora.db, guest.session, true)).toMatchObject({ why: "left" });
  expect((await events(guest.guestId)).filter((event) => event === "sign_in.ended")).toHaveLength(
    1,
  );
});

it("shows compliance who was invited and what each has opened", async () => {
  const guest = await entered();
  await recordLook(guest.ctx, "the review 2026-q3", { review: newId() });
  const { rows } = await readGuests(cora.db, {});
  expect(rows[0]).toMatchObject({ id: guest.guestId, isOver: false, invitedBy: "cora" });
  expect((await readLooks(cora.db, guest.guestId, {})).rows.map(({ what }) => what)).toEqual([
    "Looked at the review 2026-q3",
    "Astrid Vale, Vale & Partners, came in by their link",
  ]);
  expect(await readGuest(cora.db, newId())).toBeNull();
});

it("gives days that begin as those of a review, also where a midnight comes twice", async () => {
  await s.owner.query(
    `insert into policy_versions (version, body) select 99, body || '{"zone": "America/Havana"}' from policy_versions order by version desc limit 1`,
  );
  const { guestId } = await (async () => {
    const result = await inviteGuest(cora, { ...input, from: "2026-11-01", to: "2026-11-30" });
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  })();
  const { rows } = await s.owner.query(
    `select starts_at = day_begins('2026-11-01', zone) as same, starts_at at time zone 'UTC' as starts from guests where id = $1`,
    [guestId],
  );
  expect(rows[0].same).toBe(true);
});
