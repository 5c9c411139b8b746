import { act, actionNamed, refusedWith } from "#e2e/fixtures/actions.ts";
import { hireOne, runa } from "#e2e/fixtures/staff.ts";
import { asked, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { refusalsOf, stateOfAll } from "#e2e/fixtures/untouched.ts";

const form = (subjectId: string, over: Record<string, string> = {}) => ({
  subjectId,
  reasonCategory: "configuration_check",
  reason: "The reminders go out on the wrong day.",
  callerCheck: "call_back",
  scope: "read",
  minutes: "30",
  ...over,
});
const askToStandIn = actionNamed("askToStandIn");

test("staff are no subjects, by id and by mail, and answer like nobody", async ({
  caller,
  databases,
}) => {
  const { owner } = databases;
  const agent = await caller();
  const byMail = await subjectOf(owner, "bram.okonvale@alongside.test");
  const before = await stateOfAll(owner);
  const unknown = await act(askToStandIn, agent, form("01900000-0000-7000-8000-000000000000"));
  const byId = await act(askToStandIn, agent, form(runa.id));
  expect(refusedWith(unknown)).toBe("not_found");
  expect(refusedWith(byId)).toBe("not_found");
  expect(byId.status).toBe(unknown.status);
  expect(refusedWith(await act(askToStandIn, agent, form(byMail)))).toBe("subject_is_staff");
  expect(await stateOfAll(owner)).toEqual(before);
  const refused = await refusalsOf(owner, agent.person.id);
  expect(refused.map(({ event }) => event)).toEqual(Array(3).fill("request.refused"));
});

test("no form gives more than it offers: minutes, scope, actor, end", async ({
  caller,
  databases,
}) => {
  const { owner } = databases;
  const agent = await caller();
  const subject = await subjectOf(owner, "olu@pebblewick.test");
  const before = await stateOfAll(owner);
  const tampered: Record<string, string>[] = [
    { minutes: "61" },
    { minutes: "600" },
    { minutes: "-15" },
    { minutes: "1e9" },
    { minutes: "NaN" },
    { scope: "admin" },
    { reasonCategory: "boredom" },
    { callerCheck: "none" },
    { reason: "x" },
  ];
  for (const over of tampered)
    expect(refusedWith(await act(askToStandIn, agent, form(subject, over)))).toBe("invalid");
  expect(await stateOfAll(owner)).toEqual(before);

  const extra = {
    actorId: runa.id,
    status: "granted",
    grantedMinutes: "600",
    expiresAt: "2099-01-01T00:00:00Z",
    startedAt: "2099-01-01T00:00:00Z",
    idleMinutes: "600",
    approvalsNeeded: "0",
  };
  const answer = await act(askToStandIn, agent, form(subject, extra));
  expect(refusedWith(answer)).toBe(null);
  const { rows } = await owner.query(
    `select actor_id, scope, minutes, idle_minutes <= 60 as idles,
            expires_at <= started_at + interval '30 minutes' as ends
       from sessions where actor_id = $1`,
    [agent.person.id],
  );
  expect(rows).toEqual([
    { actor_id: agent.person.id, scope: "read", minutes: 30, idles: true, ends: true },
  ]);

  // A second one while it lives, and the same once more.
  const now = await stateOfAll(owner);
  const other = await subjectOf(owner, "jane@pebblewick.test");
  const refusals = [
    refusedWith(await act(askToStandIn, agent, form(subject))),
    refusedWith(await act(askToStandIn, agent, form(other))),
  ];
  expect(refusals).toEqual(["already_live", "already_live"]);
  expect(await stateOfAll(owner)).toEqual(now);
  expect(await refusalsOf(owner, agent.person.id)).toEqual(
    Array(2).fill({ event: "request.refused", refused: "already_live" }),
  );
});

test("a granted request is started by nobody else, and a request out of turn by nobody", async ({
  signedIn,
  caller,
  databases,
}) => {
  const { owner } = databases;
  const agent = await signedIn(await hireOne(owner));
  const other = await caller();
  const requestId = await asked(agent, await subjectOf(owner, "aino@quennell.test"));
  const [start, cancel] = [actionNamed("startGranted"), actionNamed("cancelRequest")];
  const before = await stateOfAll(owner);
  const unknown = { requestId: "01900000-0000-7000-8000-000000000000" };
  for (const action of [start, cancel]) {
    const forbidden = await act(action, other, { requestId });
    const nothing = await act(action, other, unknown);
    expect(refusedWith(forbidden)).toBe("not_found");
    expect([forbidden.status, refusedWith(forbidden)]).toEqual([
      nothing.status,
      refusedWith(nothing),
    ]);
  }
  const [cookie] = await agent.context.cookies();
  const me = { ...agent, cookie: `${cookie?.name}=${cookie?.value}` };
  expect(refusedWith(await act(start, me, { requestId }))).toBe("not_granted");
  expect(await stateOfAll(owner)).toEqual(before);
  expect(refusedWith(await act(cancel, me, { requestId }))).toBe(null);
  const cancelled = await stateOfAll(owner);
  expect(refusedWith(await act(cancel, me, { requestId }))).toBe("not_pending");
  expect(refusedWith(await act(start, me, { requestId }))).toBe("not_granted");
  expect(await stateOfAll(owner)).toEqual(cancelled);
  expect((await refusalsOf(owner, other.person.id)).map(({ refused }) => refused)).toEqual(
    Array(4).fill("not_found"),
  );
});

test("another agent's session is neither ended nor narrowed, and not told apart from none", async ({
  newcomer,
  caller,
  databases,
}) => {
  const { owner } = databases;
  const agent = await newcomer();
  const other = await caller();
  const subject = await subjectOf(owner, "olu@pebblewick.test");
  const sessionId = await started(agent, subject, { scope: "write" });
  const before = await stateOfAll(owner);
  for (const name of ["endOwnSession", "endFromList", "endFromPage", "justLook"]) {
    const action = actionNamed(name);
    const theirs = await act(action, other, { sessionId, comment: "Over." });
    const none = await act(action, other, { sessionId: runa.id, comment: "Over." });
    expect(refusedWith(theirs), name).toBe("not_found");
    expect(refusedWith(none), name).toBe("not_found");
  }
  expect(await stateOfAll(owner)).toEqual(before);
  const refused = "not_found";
  expect(await refusalsOf(owner, other.person.id)).toEqual([
    ...Array(6).fill({ event: "session.end_refused", refused }),
    ...Array(2).fill({ event: "session.narrow_refused", refused }),
  ]);
});
