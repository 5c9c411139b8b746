import { describe, expect, it } from "vitest";
import { transaction } from "#db/client.ts";
import { restingTriggers } from "#db/resting-triggers.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { opened } from "#db/testing/race.ts";
import { itemOf, openReview, type Review, revoke } from "#db/testing/review.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { start } from "#lib/impersonation/start.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { ask } from "#lib/requests/ask.ts";
import { readSignIn } from "#lib/staff/read-sign-in.ts";
import type { Attestation, Role, Scope } from "#lib/vocabulary.ts";
import { decideItem, decideItems } from "./decide.ts";
import { readPlace } from "./decisions.ts";
import { findItem, readVisit } from "./item.ts";
import { isLastAdmin } from "./last-admin.ts";
import { lookAtItem } from "./look.ts";
import { prove, proveDue } from "./prove.ts";
import { revokeByPolicy } from "./revoke.ts";

const s = await scene();
const work = await atWork(s);
const justification = "The numbers are as one would expect them.";

async function person(name: string, roles: Role[]): Promise<Ctx<StaffActor>> {
  const id = await hire(s.owner, name, roles);
  const signInId = newId();
  await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
  const email = `${name}@alongside.test`;
  return {
    ...work.max,
    actor: { ...work.max.actor, id, name, email, roles, signInId },
  };
}
const cora = await person("cora", ["compliance"]);
/** Who is not privileged. */
async function looker(name: string) {
  const ctx = await person(name, ["agent"]);
  await s.owner.query("update staff_roles set looking_only = true where staff_id = $1", [
    ctx.actor.id,
  ]);
  return ctx;
}

const decide = async (
  review: Review,
  of: string,
  decision: Attestation,
  { by = work.max, role = "agent" }: { by?: Ctx<StaffActor>; role?: Role } = {},
) => {
  const item = await itemOf(s.owner, review, of, role);
  return decideItem(by, { itemId: item.id, decision, justification });
};
const live = async (who: Ctx<StaffActor>, scope: Scope) => {
  const asked = await ask(who, question(s.jane.id, { scope }));
  if (!asked.ok) throw new Error(asked.error.message);
  const started = await start(who, { requestId: asked.value.id });
  if (!started.ok) throw new Error(started.error.message);
  return started.value.sessionId;
};
const endOf = async (sessionId: string) => {
  const { rows } = await s.owner.query("select end_cause from sessions where id = $1", [sessionId]);
  return rows[0]?.end_cause;
};
const rowOf = async (review: Review, of: string, role: Role = "agent") => {
  const { id } = await itemOf(s.owner, review, of, role);
  const { rows } = await s.owner.query(
    `select i.decision, i.remediated_at is not null as remediated, r.result, r.verified_how as how, d.seconds is not null as timed
       from review_items i left join review_remediations r on r.item_id = i.id left join review_decisions d on d.id = i.decision_id
       where i.id = $1`,
    [id],
  );
  return rows[0];
};
const eventsOf = async (item: string) => {
  const { rows } = await s.owner.query<{ event: string }>(
    `select e.event from audit_entry e join audit_payload p on p.entry_id = e.id
       where p.body::jsonb ->> 'item_id' = $1 order by e.occurred_at, e.id`,
    [item],
  );
  return rows.map(({ event }) => event);
};

describe("a decision", () => {
  it("to keep leaves all as it is, with the time since the item was opened", async () => {
    const kim = await person("kim", ["agent"]);
    const review = await openReview(s, { [kim.actor.id]: s.max });
    const item = await itemOf(s.owner, review, kim.actor.id, "agent");
    const looked = await lookAtItem(work.max, { slug: review.slug, number: item.number });
    expect(looked.ok).toBe(true);
    expect(await decide(review, kim.actor.id, "keep")).toMatchObject({ ok: true });
    expect(await rowOf(review, kim.actor.id)).toMatchObject({
      decision: "keep",
      remediated: false,
      result: null,
      timed: true,
    });
    expect(await eventsOf(item.id)).toEqual(["review.looked", "review.decided"]);
    const again = await decide(review, kim.actor.id, "revoke");
    expect(again).toMatchObject({ ok: true });
  });

  it("counts no second twice for who opens items beside each other, and the page says the same", async () => {
    const [kit, kat] = [await person("kit", ["agent"]), await person("kat", ["agent"])];
    const lead = await person("beside", ["manager"]);
    const review = await openReview(s, {
      [kit.actor.id]: lead.actor.id,
      [kat.actor.id]: lead.actor.id,
    });
    const [first, next] = [
      await itemOf(s.owner, review, kit.actor.id, "agent"),
      await itemOf(s.owner, review, kat.actor.id, "agent"),
    ];
    for (const { number } of [first, next]) await lookAtItem(lead, { slug: review.slug, number });
    await inTransaction(s.owner, (sql) =>
      restingTriggers(sql, "review_looks", () =>
        sql.query("update review_looks set at = at - interval '1 hour' where reader_id = $1", [
          lead.actor.id,
        ]),
      ),
    );
    const longAgo = Date.now() - 3_000_000;
    const began = async () => (await readVisit(lead.db, next.id, lead.actor.id))?.getTime();
    expect(await began()).toBeLessThan(longAgo);
    expect(await decide(review, kit.actor.id, "keep", { by: lead })).toMatchObject({ ok: true });
    expect(await began()).toBeGreaterThan(longAgo);
    expect(await decide(review, kat.actor.id, "keep", { by: lead })).toMatchObject({ ok: true });
    const { rows } = await s.owner.query(
      "select seconds > 3000 as long from review_decisions where decided_by = $1 order by decided_at",
      [lead.actor.id],
    );
    expect(rows).toEqual([{ long: true }, { long: false }]);
  });

  it("to revoke takes the role, ends the session at once, and is tried", async () => {
    const lea = await person("lea", ["agent"]);
    const review = await openReview(s, { [lea.actor.id]: s.max });
    const sessionId = await live(lea, "read");
    expect(await decide(review, lea.actor.id, "revoke")).toMatchObject({ ok: true });
    expect(await endOf(sessionId)).toBe("actor_withdrawn");
    expect(await readSignIn(lea.db, lea.actor.signInId, false)).toMatchObject({ why: "no_role" });
    const row = await rowOf(review, lea.actor.id);
    expect(row).toMatchObject({ decision: "revoke", remediated: true, result: "refused" });
    for (const refusal of ["no_role", "not_allowed", "request_actor_role", "none_live"])
      expect(row.how).toContain(`(${refusal})`);
    const item = await itemOf(s.owner, review, lea.actor.id, "agent");
    expect(await eventsOf(item.id)).toEqual([
      "review.decided",
      "role.revoked",
      "review.access_tried",
      "review.remediated",
    ]);
    const { rows } = await s.owner.query(
      "select count(*)::int as n from requests where actor_id = $1",
      [lea.actor.id],
    );
    expect(rows).toEqual([{ n: 1 }]);
    expect(await decide(review, lea.actor.id, "keep")).toMatchObject({
      error: { code: "already_decided" },
    });
  });

  it("to change leaves looking: acting ends at once and is refused, looking goes on", async () => {
    const nils = await person("nils", ["agent"]);
    const review = await openReview(s, { [nils.actor.id]: s.max });
    const acting = await live(nils, "write");
    expect(await decide(review, nils.actor.id, "change")).toMatchObject({ ok: true });
    expect(await endOf(acting)).toBe("actor_withdrawn");
    const row = await rowOf(review, nils.actor.id);
    expect(row).toMatchObject({ decision: "change", remediated: true, result: "refused" });
    for (const refusal of ["no_right", "looking_only", "request_looking_only"])
      expect(row.how).toContain(`(${refusal})`);
    const now = await readSignIn(nils.db, nils.actor.signInId, false);
    if (!now.ok) throw new Error(now.why);
    const as = { ...nils, actor: now.actor };
    expect(await ask(as, question(s.jane.id, { scope: "write" }))).toMatchObject({
      error: { code: "looking_only" },
    });
    expect(await endOf(await live(as, "read"))).toBeNull();
  });

  it("to revoke is tried for acting too: what was granted for it does not start", async () => {
    const rob = await person("rob", ["agent"]);
    const review = await openReview(s, { [rob.actor.id]: s.max });
    const asked = await ask(rob, question(s.jane.id, { scope: "write" }));
    expect(asked).toMatchObject({ ok: true, value: { status: "granted" } });
    expect(await decide(review, rob.actor.id, "revoke")).toMatchObject({ ok: true });
    const row = await rowOf(review, rob.actor.id);
    expect(row).toMatchObject({ result: "refused", remediated: true });
    expect(row.how).toContain("Started what was granted before, to act");
    expect(row.how).toContain("(session_actor_role)");
  });

  it.each([
    ["manager", ["not_approver", "vote_without_role"]],
    ["admin", ["not_allowed", "staff_change_not_admin"]],
    ["compliance", ["not_allowed", "campaign_opened_by", "holds_role"]],
  ] as const)("to revoke %s is tried as one", async (role, refusals) => {
    await s.granted();
    // The last admin would stay.
    await person(`other-${role}`, [role]);
    const who = await person(`a-${role}`, [role]);
    const review = await openReview(s, { [who.actor.id]: s.max });
    expect(await decide(review, who.actor.id, "revoke", { role })).toMatchObject({ ok: true });
    const row = await rowOf(review, who.actor.id, role);
    expect(row).toMatchObject({ result: "refused", remediated: true });
    for (const refusal of refusals) expect(row.how).toContain(`(${refusal})`);
  });

  it("never revokes the last admin, which is known before", async () => {
    await s.owner.query(
      "update staff_roles set revoked_at = clock_timestamp() where role = 'admin' and revoked_at is null",
    );
    const sole = await person("sole", ["admin"]);
    const review = await openReview(s, { [sole.actor.id]: s.max });
    const of = { personId: sole.actor.id, role: "admin" } as const;
    expect(await isLastAdmin(work.max.db, of)).toBe(true);
    expect(await isLastAdmin(work.max.db, { ...of, role: "agent" })).toBe(false);
    expect(await decide(review, sole.actor.id, "revoke", { role: "admin" })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("admin") },
    });
    await person("another", ["admin"]);
    expect(await isLastAdmin(work.max.db, of)).toBe(false);
    expect(await decide(review, sole.actor.id, "revoke", { role: "admin" })).toMatchObject({
      ok: true,
    });
  });

  it("stands among those that there are to decide: what was taken meanwhile is none of them", async () => {
    const [kim, kit, koa] = [await s.agent("kim1"), await s.agent("kit1"), await s.agent("koa1")];
    const review = await openReview(s, { [kim]: s.max, [kit]: s.max, [koa]: s.max });
    await takeRole(s.owner, kit, "agent");
    expect(await decide(review, kim, "keep")).toMatchObject({ ok: true });
    const placeOf = async (id: string) => {
      const { number } = await itemOf(s.owner, review, id, "agent");
      const item = await findItem(work.max.db, { slug: review.slug, number });
      return item && readPlace(work.max.db, item);
    };
    expect(await placeOf(koa)).toMatchObject({ all: 2, place: 2, decided: 1, isIn: true });
    expect(await placeOf(kit)).toMatchObject({ all: 2, isIn: false });
  });

  it("is the reviewer's alone, and never on somebody too near", async () => {
    const ole = await person("ole", ["agent"]);
    const pia = await person("pia", ["manager"]);
    await s.owner.query("update staff set manager_id = $1 where id = $2", [pia.actor.id, s.mia]);
    const review = await openReview(s, { [ole.actor.id]: s.max });
    expect(await decide(review, ole.actor.id, "keep", { by: work.mia })).toMatchObject({
      error: { code: "not_found" },
    });
    await s.owner.query("update staff_roles set granted_by = $1 where staff_id = $2", [
      s.max,
      ole.actor.id,
    ]);
    expect(await decide(review, ole.actor.id, "keep")).toMatchObject({
      error: { code: "not_allowed", message: expect.stringContaining("that you gave") },
    });
  });

  it("of two at once counts once: the second sees the first", async () => {
    const quin = await person("quin", ["agent"]);
    const review = await openReview(s, { [quin.actor.id]: s.max });
    const both = await Promise.all([
      decide(review, quin.actor.id, "revoke"),
      decide(review, quin.actor.id, "revoke"),
    ]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: "already_decided" } });
  });

  it("waits for a closing, and is refused after it", async () => {
    const rae = await person("rae", ["agent"]);
    const review = await openReview(s, { [rae.actor.id]: s.max });
    const item = await itemOf(s.owner, review, rae.actor.id, "agent");
    const closing = await opened(s.owner);
    await closing.sql.query("select from campaigns where id = $1 for update", [review.id]);
    const decision = decideItem(work.max, { itemId: item.id, decision: "keep", justification });
    await isWaitedFor(closing.pid);
    await restingTriggers(closing.sql, "campaigns", () =>
      closing.sql.query(
        `update campaigns set status = 'closed', closed_at = clock_timestamp(), closed_by = $2, closed_entry_id = opened_entry_id,
         statement = 'I have looked at all of it and sign it off' where id = $1`,
        [review.id, cora.actor.id],
      ),
    );
    await closing.commit();
    expect(await decision).toMatchObject({ error: { code: "ended" } });
  });

  it("against a start that is under way: the start is before it and ends, or is refused", async () => {
    const sol = await person("sol", ["agent"]);
    const review = await openReview(s, { [sol.actor.id]: s.max });
    const asked = await ask(sol, question(s.jane.id));
    if (!asked.ok) throw new Error(asked.error.message);
    const [decided, started] = await Promise.all([
      decide(review, sol.actor.id, "revoke"),
      start(sol, { requestId: asked.value.id }),
    ]);
    expect(decided).toMatchObject({ ok: true });
    if (!started.ok) expect(started.error.code).toBe("not_allowed");
    await prove(work.worker, (await itemOf(s.owner, review, sol.actor.id, "agent")).id);
    const { rows } = await s.owner.query(
      "select from sessions where actor_id = $1 and ended_at is null",
      [sol.actor.id],
    );
    expect(rows).toEqual([]);
    expect(await rowOf(review, sol.actor.id)).toMatchObject({ result: "refused" });
  });
});

describe("a proof", () => {
  /** A revocation whose process died before the proof. */
  const unproved = async (name: string) => {
    const who = await person(name, ["agent"]);
    const review = await openReview(s, { [who.actor.id]: s.max });
    const item = await itemOf(s.owner, review, who.actor.id, "agent");
    await s.commit((sql) => revoke(sql, item));
    return { who, review, item };
  };

  it("that nobody made is made by the worker, once", async () => {
    const { who, review, item } = await unproved("tom");
    expect(await rowOf(review, who.actor.id)).toMatchObject({ remediated: false, result: null });
    expect(await proveDue(work.worker)).toBe(1);
    expect(await rowOf(review, who.actor.id)).toMatchObject({ remediated: true });
    expect(await proveDue(work.worker)).toBe(0);
    expect(await prove(work.worker, item.id)).toBeNull();
  });

  it("of what is still possible is loud and remediates nothing, until it is refused", async () => {
    const { who, review, item } = await unproved("una");
    await s.owner.query(
      "insert into staff_roles (id, staff_id, role) values (gen_random_uuid(), $1, 'agent')",
      [who.actor.id],
    );
    expect(await prove(work.worker, item.id)).toBe("still_possible");
    expect(await rowOf(review, who.actor.id)).toMatchObject({
      remediated: false,
      result: "still_possible",
    });
    expect(await proveDue(work.worker)).toBe(0);
    await s.owner.query(
      "update staff_roles set revoked_at = clock_timestamp() where staff_id = $1 and revoked_at is null",
      [who.actor.id],
    );
    expect(await prove(work.worker, item.id)).toBe("refused");
    expect(await rowOf(review, who.actor.id)).toMatchObject({ remediated: true });
  });
});

describe("by policy", () => {
  it("an undecided item is revoked and proved for compliance who closes, and a decided one is not", async () => {
    const vic = await person("vic", ["agent"]);
    const wim = await person("wim", ["agent"]);
    const review = await openReview(s, { [vic.actor.id]: s.max, [wim.actor.id]: s.max }, -1);
    await decide(review, wim.actor.id, "keep");
    const [open, kept] = await Promise.all(
      [vic, wim].map(({ actor }) => itemOf(s.owner, review, actor.id, "agent")),
    );
    const byPolicy = (ctx: Ctx<StaffActor>, id = "") =>
      transaction(ctx.db, (tx) => revokeByPolicy(tx, ctx, id));
    await expect(byPolicy(work.max, open?.id)).rejects.toMatchObject({
      refusal: { code: "not_allowed" },
    });
    await byPolicy(cora, open?.id);
    await prove(work.worker, open?.id ?? "");
    expect(await rowOf(review, vic.actor.id)).toMatchObject({
      decision: "revoke",
      remediated: true,
      timed: false,
    });
    await expect(byPolicy(cora, kept?.id)).rejects.toMatchObject({
      refusal: { code: "already_decided" },
    });
  });
});

describe("in bulk", () => {
  it("decides what is not privileged, all or none, and tells compliance of a rush", async () => {
    const many = await Promise.all(Array.from({ length: 41 }, (_, n) => looker(`clerk${n}`)));
    const max = await person("fast", ["manager"]);
    const reviewers = Object.fromEntries(many.map(({ actor }) => [actor.id, max.actor.id]));
    const review = await openReview(s, { ...reviewers, [s.ana]: max.actor.id });
    const items = await Promise.all(
      many.map(({ actor }) => itemOf(s.owner, review, actor.id, "agent")),
    );
    const agent = await itemOf(s.owner, review, s.ana, "agent");
    const ids = items.map(({ id }) => id);
    const all = { decision: "keep" as const, justification };
    expect(await decideItems(max, { ...all, items: [...ids, agent.id] })).toMatchObject({
      error: { code: "invalid" },
    });
    expect(await decideItems(max, { ...all, items: ids })).toMatchObject({
      ok: true,
      value: { count: 41 },
    });
    const { rows } = await s.owner.query(
      `select (select count(*)::int from audit_entry where actor_id = $1 and event = 'review.decided') as decided,
         (select count(*)::int from audit_entry where actor_id = $1 and event = 'review.rushed') as rushed,
         (select count(*)::int from review_decisions where decided_by = $1 and in_bulk and seconds is null) as bulk`,
      [max.actor.id],
    );
    expect(rows).toEqual([{ decided: 41, rushed: 1, bulk: 41 }]);
  });

  it("tells compliance of a rush that is cut in small pieces beside each other, once", async () => {
    const many = await Promise.all(Array.from({ length: 44 }, (_, n) => looker(`part${n}`)));
    const max = await person("sly", ["manager"]);
    const review = await openReview(
      s,
      Object.fromEntries(many.map(({ actor }) => [actor.id, max.actor.id])),
    );
    const items = await Promise.all(
      many.map(({ actor }) => itemOf(s.owner, review, actor.id, "agent")),
    );
    const ids = items.map(({ id }) => id);
    const pieces = [ids.slice(0, 15), ids.slice(15, 30), ids.slice(30, 38)];
    const keep = { decision: "keep" as const, justification };
    const done = await Promise.all([
      ...pieces.map((piece) => decideItems(max, { ...keep, items: piece })),
      ...ids.slice(38).map((itemId) => decideItem(max, { ...keep, itemId })),
    ]);
    expect(done.every(({ ok }) => ok)).toBe(true);
    const { rows } = await s.owner.query(
      "select count(*)::integer as rushed from audit_entry where actor_id = $1 and event = 'review.rushed'",
      [max.actor.id],
    );
    expect(rows).toEqual([{ rushed: 1 }]);
  });
});

/** Returns once somebody waits for a lock of this connection's. */
async function isWaitedFor(pid: number): Promise<void> {
  for (;;) {
    const { rows } = await s.owner.query(
      "select from pg_stat_activity where $1::int = any (pg_blocking_pids(pid))",
      [pid],
    );
    if (rows.length > 0) return;
  }
}
