import { expect, it } from "vitest";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { end } from "#lib/impersonation/end.ts";
import { readSessionPage } from "#lib/impersonation/queries.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { start } from "#lib/impersonation/start.ts";
import { tellEnded } from "#lib/impersonation/tell-ended.ts";
import { atWork, eventsOf, question } from "#lib/impersonation/testing.ts";
import { readFirstToLookAt, readToLookAt } from "#lib/impersonation/to-look-at.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { approve } from "#lib/requests/vote.ts";
import { reviewSession } from "./review-session.ts";
import { findingsBy } from "./testing.ts";

const s = await scene();
const { ana, ben, max, mia, moe, worker } = await atWork(s);
const code = (result: Result<unknown>) => (result.ok ? "ok" : result.error.code);
const expected = (by: Ctx<StaffActor>, sessionId: string) =>
  reviewSession(by, { sessionId, verdict: "as_expected" });

/** A session that Max approved, ended unless told otherwise. */
async function approved(actor = ana, ended = true): Promise<string> {
  const asked = await standIn(actor, question(s.rita.id));
  if (!asked.ok || asked.value.kind !== "waiting") throw new Error(code(asked));
  const { requestId } = asked.value;
  const { rows } = await s.owner.query(
    "select encode(ask_hash, 'hex') as ask from requests where id = $1",
    [requestId],
  );
  const decided = await approve(max, { requestId, ask: rows[0]?.ask, minutes: 30 });
  const started = await start(actor, { requestId });
  if (!decided.ok || !started.ok) throw new Error(code(started));
  const { sessionId } = started.value;
  if (ended) await end(actor, { sessionId });
  return sessionId;
}

async function acted(actor: Ctx<StaffActor>, scope: "read" | "write"): Promise<string> {
  const started = await standIn(actor, question(s.jane.id, { scope }));
  if (!started.ok || started.value.kind !== "started") throw new Error(code(started));
  await end(actor, { sessionId: started.value.sessionId });
  return started.value.sessionId;
}

const asked = async (sessionId: string): Promise<string[][]> =>
  (
    await s.owner.query("select asked from session_reviews_due where session_id = $1", [sessionId])
  ).rows.map((row) => row.asked);

it("goes to who approved, else to the actor's manager, of what is sensitive or for acting", async () => {
  await s.owner.query("update staff set manager_id = $2 where id = $1", [s.ben, s.mia]);
  expect(await asked(await approved())).toEqual([[s.max]]);
  expect(await asked(await acted(ben, "write"))).toEqual([[s.mia]]);
  expect(await asked(await acted(ben, "read"))).toEqual([]);
  expect(await asked(await acted(ana, "write"))).toEqual([[]]);
});

it("goes past a manager who left, or who reports to the actor, up the line", async () => {
  const top = await hire(s.owner, "top", ["manager"]);
  const left = await hire(s.owner, "left", ["manager"], { managerId: top });
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [left],
  );
  await s.owner.query("update staff set manager_id = $2 where id = $1", [s.ben, left]);
  expect(await asked(await acted(ben, "write"))).toEqual([[top]]);
});

it("is told once, by whichever worker, with what was done", async () => {
  const session = await approved();
  await Promise.all([tellEnded(worker), tellEnded(worker), tellEnded(worker)]);
  const told = (await eventsOf(s, { session })).filter((event) => event === "session.review_due");
  expect(told).toHaveLength(1);
  const { rows } = await s.owner.query(
    `select p.body::jsonb as body from audit_entry e join audit_payload p on p.entry_id = e.id
     where e.session_id = $1 and e.event = 'session.review_due'`,
    [session],
  );
  expect(rows[0]?.body).toMatchObject({
    asked: [s.max],
    late: false,
    break_glass: false,
    done: { pages: 0, data: 0, exports: 0 },
    summary: expect.stringMatching(/^\d+ s, 0 pages, nothing changed, no export$/),
  });
  expect(await tellEnded(worker)).toBe(0);
});

it("is reviewed once, and never by the actor, nor while it lives", async () => {
  const live = await approved(moe, false);
  expect(code(await expected(max, live))).toBe("conflict");
  await end(moe, { sessionId: live });
  expect(code(await expected(moe, live))).toBe("own_record");
  expect(code(await expected(ben, live))).toBe("not_allowed");
  expect(code(await expected(max, live))).toBe("ok");
  expect(await expected(max, live)).toMatchObject({
    error: { message: "You have reviewed this session already." },
  });
  expect(await expected(mia, live)).toMatchObject({
    error: {
      code: "already_decided",
      message: "max reviewed this session before you. Yours was not recorded.",
    },
  });
  expect(await eventsOf(s, { session: live })).toContain("session.reviewed");
});

it("lets one of twenty at once decide", async () => {
  const session = await approved();
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, i) => expected(i % 2 ? max : mia, session)),
  );
  expect(all.map(code).filter((one) => one === "ok")).toHaveLength(1);
  expect(new Set(all.map(code))).toEqual(new Set(["ok", "already_decided"]));
});

it("raises a finding to look closer, with the sentence", async () => {
  const session = await approved();
  const said = await reviewSession(max, {
    sessionId: session,
    verdict: "look_closer",
    comment: "Why were the payslips opened?",
  });
  const [finding] = (await findingsBy(s, "look_closer")).toReversed();
  expect(said).toMatchObject({ ok: true, value: { finding: finding?.number } });
  expect(finding).toMatchObject({ actorId: s.ana, status: "open", sessions: [session] });
  expect(finding?.explanation).toContain("says: “Why were the payslips opened?”");
});

it("waits in the list of who was asked, or of every manager where nobody was who is still there", async () => {
  const asked = await approved();
  const ids = async (ctx: typeof max) =>
    (await readToLookAt(ctx, {}, 100)).rows.map(({ id }) => id);
  expect(await ids(max)).toContain(asked);
  expect(await ids(mia)).not.toContain(asked);
  const nobody = await acted(moe, "write");
  expect(await ids(max)).toContain(nobody);
  expect(await ids(mia)).toContain(nobody);
  expect(await ids(moe)).not.toContain(nobody);
  expect(await ids(ana)).toEqual([]);
  expect((await readFirstToLookAt(max)).rows).toHaveLength(3);
  expect((await readSessionPage(max, asked))?.id).toBe(asked);
  await expected(max, asked);
  expect(await ids(max)).not.toContain(asked);
});
