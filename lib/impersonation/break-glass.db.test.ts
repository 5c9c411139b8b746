import { beforeEach, expect, it } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { ageRequest } from "#db/testing/age.ts";
import { addAccount, addSubject, stop } from "#db/testing/people.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert, update } from "#db/testing/sql.ts";
import { reviewSession } from "#lib/findings/review-session.ts";
import { detectAll, findingsBy } from "#lib/findings/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { cancel } from "#lib/requests/cancel.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { deny } from "#lib/requests/vote.ts";
import { breakGlass } from "./break-glass.ts";
import { end } from "./end.ts";
import { endDue } from "./end-due.ts";
import type { BreakGlassInput } from "./schemas.ts";
import { standIn } from "./stand-in.ts";
import { tellEnded, tellLate } from "./tell-ended.ts";
import { atWork, eventsOf, question } from "./testing.ts";

const s = await scene();
const { ana, ben, max, mia, moe, worker } = await atWork(s);
const code = (result: Result<unknown>) => (result.ok ? "ok" : result.error.code);
let version = 20;
const allow = (breakGlass: Record<string, unknown> = {}) => {
  version += 1;
  const body = { ...policy14, breakGlass: { allowed: true, ...breakGlass } };
  return insert(s.owner, "policy_versions", { version, body });
};

const reason = "Payroll runs at midnight and shows a customer's data to another one.";
const glass = (over: Partial<BreakGlassInput> = {}): BreakGlassInput => {
  const { minutes: _, ...rest } = question(s.rita.id, { reasonCategory: "incident", reason });
  return { ...rest, ...over };
};
const broken = async (by = ana, over: Partial<BreakGlassInput> = {}): Promise<string> => {
  const started = await breakGlass(by, glass(over));
  if (!started.ok) throw new Error(started.error.message);
  return started.value.sessionId;
};
const asExpected = async (by: Ctx<StaffActor>, sessionId: string) =>
  reviewSession(by, { sessionId, verdict: "as_expected" });

/** Nothing is live or unreviewed, and break-glass is allowed. */
beforeEach(async () => {
  await allow();
  await s.owner.query("delete from rate_limits");
  for (const by of [ana, ben])
    for (;;) {
      const { rows } = await s.owner.query("select break_glass_unreviewed($1) as id", [
        by.actor.id,
      ]);
      if (!rows[0]?.id) break;
      await end(by, { sessionId: rows[0].id });
      await asExpected(max, rows[0].id);
    }
});

it("starts at once, tells whoever was skipped, and waits for its review", async () => {
  const session = await broken();
  const { rows } = await s.owner.query(
    `select s.minutes, s.scope, r.break_glass, r.status, r.requirements, r.approvals_needed, d.asked, d.due_at - s.started_at as within, r.id as request
     from sessions s join requests r on r.id = s.request_id join session_reviews_due d on d.session_id = s.id where s.id = $1`,
    [session],
  );
  const skipped = [s.max, s.mia, s.moe].toSorted();
  expect(rows).toMatchObject([
    {
      ...{ minutes: 15, scope: "read", break_glass: true, status: "used", approvals_needed: 0 },
      requirements: [{ by: "manager", votes: 1 }],
      asked: skipped,
      within: { days: 1 },
    },
  ]);
  expect(await eventsOf(s, { session, request: rows[0]?.request })).toEqual([
    "request.asked",
    "request.granted",
    "session.started",
    "break_glass.used",
  ]);
  const { rows: told } = await s.owner.query(
    `select p.body::jsonb as body from audit_entry e join audit_payload p on p.entry_id = e.id
     where e.session_id = $1 and e.event = 'break_glass.used'`,
    [session],
  );
  expect(told[0]?.body).toMatchObject({ break_glass: true, reason, actor: "ana", minutes: 15 });
  expect(told[0]?.body.asked.toSorted()).toEqual(skipped);
});

it("lives on: what is sensitive ends it only where nothing lets it", async () => {
  const session = await broken();
  await endDue(worker);
  const { rows } = await s.owner.query("select ended_at from sessions where id = $1", [session]);
  expect(rows).toEqual([{ ended_at: null }]);
});

it("is refused a second time until somebody has reviewed the first, also through another account", async () => {
  const session = await broken();
  expect(code(await breakGlass(ana, glass()))).toBe("review_first");
  await end(ana, { sessionId: session });
  expect(await breakGlass(ana, glass())).toMatchObject({
    error: { code: "review_first", detail: { sessionId: session } },
  });
  await update(s.owner, "staff", s.ben, { person_id: s.ana });
  expect(code(await breakGlass(ben, glass()))).toBe("review_first");
  expect(code(await asExpected(ana, session))).toBe("not_allowed");
  expect(code(await asExpected(mia, session))).toBe("ok");
  const second = await broken(ben);
  expect(code(await breakGlass(ana, glass()))).toBe("review_first");
  await end(ben, { sessionId: second });
  await asExpected(max, second);
  await update(s.owner, "staff", s.ben, { person_id: s.ben });
});

it("lets one of fifty at once through", async () => {
  const all = await Promise.all(Array.from({ length: 50 }, () => breakGlass(ana, glass())));
  const codes = all.map(code);
  expect(codes.filter((one) => one === "ok")).toHaveLength(1);
  const { rows } = await s.owner.query(
    `select count(*)::int as n from sessions s join requests r on r.id = s.request_id
     where r.break_glass and s.actor_id = $1 and not exists (select from session_reviews v where v.session_id = s.id)`,
    [s.ana],
  );
  expect(rows).toEqual([{ n: 1 }]);
});

it.each([
  ["the policy lets nobody", { allowed: false }, {}, "not_allowed"],
  ["acting, where only looking is let", {}, { scope: "write" as const }, "scope"],
  ["a short reason", { reasonLength: 200 }, {}, "invalid"],
])("is refused: %s", async (_, policy, over, expected) => {
  await allow(policy);
  expect(code(await breakGlass(ana, glass(over)))).toBe(expected);
});

it("lets one act where the policy says so, for as long as it says", async () => {
  await allow({ write: true, minutes: 5 });
  const session = await broken(ana, { scope: "write" });
  const { rows } = await s.owner.query("select scope, minutes from sessions where id = $1", [
    session,
  ]);
  expect(rows).toEqual([{ scope: "write", minutes: 5 }]);
});

it("is no way into a closed account, nor to what needs no approval, nor with an old sign-in", async () => {
  const closed = await addAccount(s.owner, s.product, "regulated", { stance: "closed" });
  const nobody = await addSubject(s.owner, s.product, closed);
  expect(code(await breakGlass(ana, glass({ subjectId: nobody.id })))).toBe("account_closed");
  expect(code(await breakGlass(ana, glass({ subjectId: s.jane.id })))).toBe("conflict");
  expect(code(await breakGlass(max, glass()))).toBe("not_allowed");
  const longAgo = new Date(Date.now() - 6 * 60_000);
  const old = { ...ana, actor: { ...ana.actor, authTime: longAgo } };
  expect(code(await breakGlass(old, glass()))).toBe("sign_in_again");
});

it("comes to an opted-out account, and takes the place of a request that waits", async () => {
  const optedOut = await addAccount(s.owner, s.product, "standard", { stance: "opted_out" });
  const olu = await addSubject(s.owner, s.product, optedOut);
  const asked = await standIn(ana, question(olu.id));
  if (!asked.ok || asked.value.kind !== "waiting") throw new Error(code(asked));
  const { requestId } = asked.value;
  await broken(ana, { subjectId: olu.id, insteadOf: requestId });
  const { rows } = await s.owner.query("select status from requests where id = $1", [requestId]);
  expect(rows).toEqual([{ status: "cancelled" }]);
});

it("is not kept out by what it was to take the place of, once that is over; but is told that it was denied", async () => {
  const waiting = async () => {
    const asked = await standIn(ana, question(s.rita.id));
    if (!asked.ok || asked.value.kind !== "waiting") throw new Error(code(asked));
    return asked.value.requestId;
  };
  const [denied, late, back] = [await waiting(), await waiting(), await waiting()];
  const request = await readRequest(max, denied);
  await deny(max, { requestId: denied, ask: request?.ask ?? "", comment: "Not tonight" });
  expect(await breakGlass(ana, glass({ insteadOf: denied }))).toMatchObject({
    error: { code: "not_pending", message: expect.stringMatching(/^R-\d+ was denied while/) },
  });
  await ageRequest(s.owner, late, "5 hours");
  await cancel(ana, { requestId: back });
  for (const insteadOf of [late, back]) {
    const session = await broken(ana, { insteadOf });
    await end(ana, { sessionId: session });
    await asExpected(max, session);
  }
  const others = await standIn(ben, question(s.rita.id));
  if (!others.ok || others.value.kind !== "waiting") throw new Error(code(others));
  expect(code(await breakGlass(ana, glass({ insteadOf: others.value.requestId })))).toBe(
    "not_found",
  );
});

it("is told again when it ends and when it is late, and is a finding each time", async () => {
  const session = await broken();
  expect(await tellEnded(worker)).toBe(0);
  await end(ana, { sessionId: session });
  expect(await tellEnded(worker)).toBe(1);
  expect(await tellLate(worker)).toBe(0);
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "session_reviews_due", () =>
      sql.query("update session_reviews_due set due_at = now() where session_id = $1", [session]),
    ),
  );
  expect(await Promise.all([tellLate(worker), tellLate(worker)])).toContain(1);
  expect(await tellLate(worker)).toBe(0);
  const events = await eventsOf(s, { session });
  expect(events.filter((event) => event === "session.review_due")).toHaveLength(2);
  await detectAll(worker);
  const finding = (await findingsBy(s, "break_glass")).find((one) =>
    one.sessions.includes(session),
  );
  expect(finding).toMatchObject({ actorId: s.ana, subjectId: s.rita.id, sessions: [session] });
  expect(code(await reviewSession(moe, { sessionId: session, verdict: "as_expected" }))).toBe("ok");
});

it("starts nothing while all standing in is stopped", async () => {
  await stop(s.owner, s.max);
  expect(code(await breakGlass(ana, glass()))).toBe("global_stop");
});
