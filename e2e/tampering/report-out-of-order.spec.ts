import { ageSession } from "#db/testing/age.ts";
import { givingWay } from "#e2e/fixtures/databases.ts";
import { jsonOf, sessionState } from "#e2e/fixtures/oauth.ts";
import { eventsOf } from "#e2e/fixtures/record.ts";
import { act, report } from "#e2e/fixtures/report.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { end } from "#lib/impersonation/end.ts";

test("done comes after its attempt, within a minute of the end; an attempt never after it", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const subject = await subjectOf(owner, "jane@pebblewick.test");
  const sid = await started(agent, subject, { scope: "write" });
  const reasonOf = async (action: object) => {
    const answer = jsonOf(await report(sid, [action]));
    return { active: answer.active, accepted: answer.accepted };
  };
  const [first, second, third] = [act(), act(), act()];
  const no = ({ id }: { id: string }, reason: string) => [{ id, accepted: false, reason }];

  expect((await reasonOf({ ...first, phase: "done" })).accepted).toEqual(no(first, "unknown"));
  await report(sid, [first, second]);
  await end(agent.ctx, { sessionId: sid });

  expect(await reasonOf(third)).toEqual({ active: false, accepted: no(third, "ended") });
  expect((await reasonOf(first)).accepted).toEqual(no(first, "ended"));
  expect((await reasonOf({ ...first, phase: "done" })).accepted).toMatchObject([
    { accepted: true },
  ]);
  await givingWay(() => ageSession(owner, sid, "61 seconds"));
  const before = await sessionState(owner, sid);
  expect((await reasonOf({ ...second, phase: "done" })).accepted).toEqual(no(second, "closed"));
  expect(await sessionState(owner, sid)).toBe(before);
  const events = (await eventsOf(owner, sid)).filter((event) => event.startsWith("action."));
  expect(events).toEqual(["action.write", "action.write", "action.refused", "action.done"]);
});

test("a product's clock and its numbers move nothing", async ({ caller, databases: { owner } }) => {
  const agent = await caller();
  const subject = await subjectOf(owner, "jane@pebblewick.test");
  const sid = await started(agent, subject, { scope: "write" });
  const odd = [
    { at: "2999-12-31T23:59:59+14:00", seq: 2_000_000_000 },
    { at: "2000-01-01T00:00:00Z", seq: 0 },
    { at: "2026-01-01T00:00:00-23:59", seq: 0 },
  ];
  for (const over of odd) expect((await report(sid, [act(over)])).status).toBe(200);
  for (const over of [
    { seq: -1 },
    { seq: 1.5 },
    { seq: 2 ** 40 },
    { seq: "1" },
    { at: "1969-12-31T23:59:59Z" },
    { at: "9999-12-31T23:59:59Z" },
    { at: "2026-02-30T00:00:00Z" },
    { at: 1_780_000_000 },
  ])
    expect((await report(sid, [act(over)])).status, JSON.stringify(over)).toBe(400);
  const { rows } = await owner.query(
    `select count(*)::integer as kept from actions a join sessions s on s.id = a.session_id
      join audit_entry e on e.id = a.entry_id
      where s.id = $1 and a.happened_at >= date_trunc('milliseconds', s.started_at) and a.happened_at <= clock_timestamp()
        and e.occurred_at between s.started_at and clock_timestamp()`,
    [sid],
  );
  expect(rows).toEqual([{ kept: odd.length }]);
});
