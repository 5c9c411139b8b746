import type pg from "pg";
import { ageRequest } from "#db/testing/age.ts";
import { type Action, act, actionNamed, type Fields, refusedWith } from "#e2e/fixtures/actions.ts";
import { givingWay } from "#e2e/fixtures/databases.ts";
import { asked, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { type Caller, expect, test } from "#e2e/fixtures/test.ts";
import { refusalsOf, stateOfAll } from "#e2e/fixtures/untouched.ts";

const sensitive = "aino@quennell.test";
const standard = "olu@pebblewick.test";
const [decide, start] = [actionNamed("decideRequest"), actionNamed("startGranted")];
const [cancel, endOwn] = [actionNamed("cancelRequest"), actionNamed("endOwnSession")];

/** One form, sent five times at once; gives what was refused, sorted, null for what was done. */
async function fiveTimes(action: Action, who: Caller, fields: Fields) {
  const answers = await Promise.all(Array.from({ length: 5 }, () => act(action, who, fields)));
  return answers.map(refusedWith).sort((a, b) => Number(a !== null) - Number(b !== null));
}

/** How many entries of an event there are about a request. */
async function entriesOf(owner: pg.Pool, requestId: string, event: string): Promise<number> {
  const { rowCount } = await owner.query(
    `select 1 from audit_entry where event = $2
        and (request_id = $1 or session_id in (select id from sessions where request_id = $1))`,
    [requestId, event],
  );
  return rowCount ?? 0;
}

async function voteOn(owner: pg.Pool, requestId: string, vote = "approve"): Promise<Fields> {
  const { rows } = await owner.query<{ hash: string }>(
    "select encode(ask_hash, 'hex') as hash from requests where id = $1",
    [requestId],
  );
  return { vote, requestId, ask: rows[0]?.hash ?? "", minutes: "30", comment: "Seen." };
}

test("sent five times at once, a form votes once, starts once and ends once", async ({
  caller,
  databases,
}) => {
  const { owner } = databases;
  const [agent, manager] = [await caller(), await caller(["manager"])];
  const requestId = await asked(agent, await subjectOf(owner, sensitive));

  const voted = await fiveTimes(decide, manager, await voteOn(owner, requestId));
  expect(voted).toEqual([null, ...Array(4).fill("already_decided")]);
  expect(await entriesOf(owner, requestId, "request.approved")).toBe(1);

  const begun = await fiveTimes(start, agent, { requestId });
  expect(begun).toEqual([null, ...Array(4).fill("used")]);
  expect(await entriesOf(owner, requestId, "session.started")).toBe(1);
  const { rows } = await owner.query<{ id: string }>(
    "select id from sessions where actor_id = $1",
    [agent.person.id],
  );
  expect(rows).toHaveLength(1);

  const ended = await fiveTimes(endOwn, agent, { sessionId: rows[0]?.id ?? "" });
  expect(ended).toEqual([null, ...Array(4).fill("ended")]);
  expect(await entriesOf(owner, requestId, "session.ended")).toBe(1);

  // Each that came too late is an entry of its own.
  const late = (event: string, refused: string) => Array(4).fill({ event, refused });
  expect(await refusalsOf(owner, manager.person.id)).toEqual(
    late("vote.refused", "already_decided"),
  );
  expect(await refusalsOf(owner, agent.person.id)).toEqual([
    ...late("session.refused", "used"),
    ...late("session.end_refused", "ended"),
  ]);
});

test("the start form sent five times at once starts one session", async ({ caller, databases }) => {
  const { owner } = databases;
  const agent = await caller();
  const answers = await fiveTimes(actionNamed("askToStandIn"), agent, {
    subjectId: await subjectOf(owner, standard),
    reasonCategory: "configuration_check",
    reason: "The reminders go out on the wrong day.",
    callerCheck: "call_back",
    scope: "read",
    minutes: "30",
  });
  expect(answers).toEqual([null, ...Array(4).fill("already_live")]);
  const { rows } = await owner.query(
    `select (select count(*)::int from sessions where actor_id = $1) as sessions,
            (select count(*)::int from requests where actor_id = $1) as requests`,
    [agent.person.id],
  );
  expect(rows).toEqual([{ sessions: 1, requests: 1 }]);
  expect(await refusalsOf(owner, agent.person.id)).toEqual(
    Array(4).fill({ event: "request.refused", refused: "already_live" }),
  );
});

test("out of order nothing is done: after a denial, a cancelling, a start, an end", async ({
  caller,
  databases,
}) => {
  const { owner } = databases;
  const [agent, manager] = [await caller(), await caller(["manager"])];
  const subject = await subjectOf(owner, sensitive);

  const denied = await asked(agent, subject);
  expect(refusedWith(await act(decide, manager, await voteOn(owner, denied, "deny")))).toBe(null);
  let before = await stateOfAll(owner);
  expect(refusedWith(await act(start, agent, { requestId: denied }))).toBe("not_granted");
  expect(refusedWith(await act(decide, manager, await voteOn(owner, denied)))).toBe(
    "already_decided",
  );
  expect(await stateOfAll(owner)).toEqual(before);

  const cancelled = await asked(agent, subject);
  expect(refusedWith(await act(cancel, agent, { requestId: cancelled }))).toBe(null);
  before = await stateOfAll(owner);
  expect(refusedWith(await act(start, agent, { requestId: cancelled }))).toBe("not_granted");
  expect(refusedWith(await act(decide, manager, await voteOn(owner, cancelled)))).toBe(
    "already_decided",
  );
  expect(refusedWith(await act(cancel, agent, { requestId: cancelled }))).toBe("not_pending");
  expect(await stateOfAll(owner)).toEqual(before);

  const sessionId = await started(agent, await subjectOf(owner, standard));
  const { rows } = await owner.query<{ request_id: string }>(
    "select request_id from sessions where id = $1",
    [sessionId],
  );
  const used = { requestId: rows[0]?.request_id ?? "" };
  before = await stateOfAll(owner);
  expect(refusedWith(await act(start, agent, used))).toBe("used");
  expect(refusedWith(await act(cancel, agent, used))).toBe("not_pending");
  expect(await stateOfAll(owner)).toEqual(before);

  expect(refusedWith(await act(endOwn, agent, { sessionId }))).toBe(null);
  before = await stateOfAll(owner);
  expect(refusedWith(await act(endOwn, agent, { sessionId }))).toBe("ended");
  const again = { sessionId, comment: "It is over, I say." };
  expect(refusedWith(await act(actionNamed("endFromPage"), manager, again))).toBe("ended");
  expect(refusedWith(await act(start, agent, used))).toBe("used");
  expect(await stateOfAll(owner)).toEqual(before);

  const agents = (await refusalsOf(owner, agent.person.id)).map(({ refused }) => refused);
  expect(agents).toEqual([
    "not_granted",
    "not_granted",
    "not_pending",
    "used",
    "not_pending",
    "ended",
    "used",
  ]);
  const managers = (await refusalsOf(owner, manager.person.id)).map(({ refused }) => refused);
  expect(managers).toEqual(["already_decided", "already_decided", "ended"]);
});

test("too late nothing is done: a vote after the lapse, a start after its time", async ({
  caller,
  databases,
}) => {
  const { owner } = databases;
  const [agent, manager] = [await caller(), await caller(["manager"])];
  const subject = await subjectOf(owner, sensitive);

  const lapsed = await asked(agent, subject);
  const vote = await voteOn(owner, lapsed);
  await givingWay(() => ageRequest(owner, lapsed, "5 hours"));
  expect(refusedWith(await act(decide, manager, vote))).toBe("lapsed");
  expect(refusedWith(await act(start, agent, { requestId: lapsed }))).toBe("lapsed");
  expect(refusedWith(await act(cancel, agent, { requestId: lapsed }))).toBe("lapsed");

  const stale = await asked(agent, subject);
  expect(refusedWith(await act(decide, manager, await voteOn(owner, stale)))).toBe(null);
  await givingWay(() => ageRequest(owner, stale, "31 minutes"));
  expect(refusedWith(await act(start, agent, { requestId: stale }))).toBe("lapsed");

  const { rows } = await owner.query(
    `select (select count(*)::int from approvals where request_id = $1) as votes,
            (select count(*)::int from sessions where actor_id = $2) as sessions`,
    [lapsed, agent.person.id],
  );
  expect(rows).toEqual([{ votes: 0, sessions: 0 }]);
  expect(await refusalsOf(owner, manager.person.id)).toEqual([
    { event: "vote.refused", refused: "lapsed" },
  ]);
  // The worker closes both; until it has, no later test may find the tables at rest.
  const statuses = async () => {
    const { rows } = await owner.query(
      "select distinct status from requests where id = any($1::uuid[])",
      [[lapsed, stale]],
    );
    return rows;
  };
  await expect.poll(statuses).toEqual([{ status: "lapsed" }]);
  expect(await refusalsOf(owner, agent.person.id)).toEqual([
    { event: "session.refused", refused: "lapsed" },
    { event: "request.refused", refused: "lapsed" },
    { event: "session.refused", refused: "lapsed" },
  ]);
});
