import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { daysAway } from "#db/testing/days.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { codeOf, crowd } from "#lib/impersonation/crowd/testing.ts";
import { end } from "#lib/impersonation/end.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { start } from "#lib/impersonation/start.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ask } from "./ask.ts";
import { endDelegation } from "./end-delegation.ts";
import { endStanding } from "./end-standing.ts";
import { giveDelegation } from "./give-delegation.ts";
import { readRequest } from "./queries.ts";
import { approve, deny } from "./vote.ts";

const s = await scene();
const { ana, max, mia } = await atWork(s);
const { hired, rows } = crowd(s, ana);
let version = 14;
const rule = (more: object) =>
  insert(s.owner, "policy_versions", { version: ++version, body: { ...policy14, ...more } });
const ownManager = { by: "own_manager", votes: 1 };

async function asked(by: Ctx<StaffActor>, over: Parameters<typeof question>[1] = {}) {
  const result = await ask(by, question(s.rita.id, over));
  if (!result.ok) throw new Error(result.error.message);
  const requestId = result.value.id;
  return { requestId, ask: (await readRequest(max, requestId))?.ask ?? "", minutes: 30 };
}
/** A manager who is away, and who decides meanwhile. */
async function away() {
  const [lead, delegate] = [await hired(["manager"]), await hired(["manager"])];
  const days = { firstDay: daysAway(0), lastDay: daysAway(3), reason: "On leave" };
  const given = await giveDelegation(lead, { toId: delegate.actor.id, ...days });
  if (!given.ok) throw new Error(given.error.message);
  return { lead, delegate, ...given.value };
}

test("two hundred votes on twenty-five requests, of delegates too: one outcome each, and an entry for each vote", async () => {
  await rule({ approvals: { sensitive: 2, rules: [ownManager] } });
  const { lead, delegate } = await away();
  const others = await Promise.all(Array.from({ length: 6 }, () => hired(["manager"])));
  const agents = Array.from({ length: 25 }, () => hired(["agent"], lead.actor.id));
  const requests = await Promise.all((await Promise.all(agents)).map((agent) => asked(agent)));
  // Everybody begins at another one.
  const votes = requests.flatMap((_, turn) =>
    [...others, lead, delegate].map((by, i) => {
      const request = requests[(turn + i * 3) % requests.length];
      if (!request) throw new Error("There is one");
      return { by, request, no: (turn + i * 5) % 11 === 0 };
    }),
  );
  const cast = await Promise.all(
    votes.map(async ({ by, request, no }) => {
      const comment = "Not needed";
      const result = await (no ? deny(by, { ...request, comment }) : approve(by, request));
      return { of: request.requestId, result };
    }),
  );
  const state = await rows(
    `select r.id, r.status, count(v.id)::int as votes, (count(v.id) filter (where v.vote = 'deny'))::int as noes,
       bool_or(v.approver_id = any($2)) as own,
       (select count(*)::int from audit_entry e where e.request_id = r.id and e.event in ('request.approved', 'request.denied')) as entries
     from requests r left join approvals v on v.request_id = r.id where r.id = any($1) group by r.id`,
    [requests.map(({ requestId }) => requestId), [lead.actor.id, delegate.actor.id]],
  );
  expect(state).toHaveLength(25);
  for (const { id, status, votes: counted, noes, own, entries } of state) {
    const won = cast.flatMap(({ of, result }) => (of === id && result.ok ? [result.value] : []));
    expect([counted, entries]).toEqual([won.length, won.length]);
    const last = won.filter((one) => one.status !== "pending");
    expect(last.map((one) => one.status)).toEqual([status]);
    if (status === "granted") expect([noes, own]).toEqual([0, true]);
    else expect([status, noes]).toEqual(["denied", 1]);
  }
  const codes = new Set(cast.map(({ result }) => codeOf(result)));
  expect(codes).toEqual(new Set(["ok", "already_decided"]));
  await rule({});
});

test("who is back while their delegate votes and the agent starts: nothing starts on a vote that is void", async () => {
  await rule({ approvals: { sensitive: 1, rules: [ownManager] } });
  for (let round = 0; round < 8; round += 1) {
    const { lead, delegate, delegationId } = await away();
    const agent = await hired(["agent"], lead.actor.id);
    const request = await asked(agent);
    if (round % 2) await approve(delegate, request);
    const all = await Promise.all([
      approve(delegate, request),
      ...[0, 1].map(() => start(agent, request)),
      endDelegation(lead, { delegationId }),
      ...[0, 1].map(() => start(agent, request)),
    ]);
    for (const code of all.map(codeOf))
      expect([
        ...["ok", "used", "needs_approval", "not_granted", "not_approver", "already_decided"],
      ]).toContain(code);
    const wrong = await rows(
      `select s.id from sessions s, delegations d where s.request_id = $1 and d.id = $2 and s.started_at >= d.ended_at`,
      [request.requestId, delegationId],
    );
    expect(wrong).toEqual([]);
  }
  await rule({});
});

test("an approval that stands lets many in while it ends: one is live, and none began after it", async () => {
  await rule({ standing: { maxHours: 24 } });
  const again = question(s.rita.id, { reason: "The customer called once more about it." });
  for (let round = 0; round < 6; round += 1) {
    const agent = await hired(["agent"]);
    const { requestId, ...vote } = await asked(agent, { standingHours: 24 });
    await approve(max, { requestId, ...vote });
    const first = await start(agent, { requestId });
    if (!first.ok) throw new Error(first.error.message);
    await end(agent, first.value);
    const ending = round % 2 ? [] : [endStanding(mia, { requestId })];
    const all = await Promise.all([
      ...ending,
      ...Array.from({ length: 5 }, () => standIn(agent, again)),
    ]);
    for (const code of all.map(codeOf))
      expect(["ok", "already_live", "needs_approval"]).toContain(code);
    const sessions = await rows(
      `select p.standing_ended_at is not null and s.started_at >= p.standing_ended_at as late
         from sessions s join requests r on r.id = s.request_id join requests p on p.id = r.standing_of where p.id = $1`,
      [requestId],
    );
    expect(sessions.filter(({ late }) => late)).toEqual([]);
    if (round % 2) expect(sessions).toHaveLength(1);
  }
  await rule({});
});
