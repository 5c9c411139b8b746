import { jsonOf, sessionState } from "#e2e/fixtures/oauth.ts";
import { eventsOf } from "#e2e/fixtures/record.ts";
import { act, report } from "#e2e/fixtures/report.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("one id is one deed: what was let be gives no leave for anything else", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const subject = await subjectOf(owner, "jane@pebblewick.test");
  const sid = await started(agent, subject, { scope: "write" });
  const attempt = act();
  const verdict = async (action: object) => {
    const { accepted } = jsonOf(await report(sid, [action]));
    return accepted;
  };
  const { id } = attempt;
  const yes = [{ id, accepted: true }];
  const no = (reason: string) => [{ id, accepted: false, reason }];

  expect(await verdict(attempt)).toEqual(yes);
  const before = await sessionState(owner, sid);
  expect(await verdict(attempt)).toEqual(yes);
  for (const other of [
    { effect: "message" },
    { method: "DELETE" },
    { route: "/clients/:x" },
    { resource: "INV-0002" },
    { phase: "view", effect: "view" },
  ])
    expect(await verdict({ ...attempt, ...other }), JSON.stringify(other)).toEqual(no("unknown"));
  expect(await verdict({ ...attempt, effect: "credential" })).toEqual(no("unknown"));
  expect(await sessionState(owner, sid)).toBe(before);

  expect(await verdict({ ...attempt, phase: "done", status: 200 })).toEqual(yes);
  const done = await sessionState(owner, sid);
  expect(await verdict({ ...attempt, phase: "done", status: 500 })).toEqual(yes);
  expect(await verdict(attempt)).toEqual(no("unknown"));
  expect(await sessionState(owner, sid)).toBe(done);
  const events = (await eventsOf(owner, sid)).filter((event) => event.startsWith("action."));
  expect(events).toEqual(["action.write", "action.done"]);
});

test("what was refused once stays refused under that id", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const attempt = act();
  for (const sent of [attempt, attempt, { ...attempt, effect: "view", phase: "view" }]) {
    const { accepted } = jsonOf(await report(sid, [sent]));
    expect(accepted).toMatchObject([{ accepted: false }]);
  }
  for (const effect of ["data", "configuration", "message", "credential", "export"])
    expect(jsonOf(await report(sid, [act({ effect })])), effect).toMatchObject({
      accepted: [{ accepted: false }],
    });
  const events = (await eventsOf(owner, sid)).filter((event) => event.startsWith("action."));
  expect(events).toEqual(Array(6).fill("action.refused"));
});
