import { v7 as newId } from "uuid";
import { jsonOf, sessionState } from "#e2e/fixtures/oauth.ts";
import { anotherProduct } from "#e2e/fixtures/products.ts";
import { watch } from "#e2e/fixtures/record.ts";
import { act, report } from "#e2e/fixtures/report.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("a product reports on its own sessions only, and ends no others", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const subject = await subjectOf(owner, "jane@pebblewick.test");
  const sid = await started(agent, subject, { scope: "write" });
  const thief = await anotherProduct(owner);
  const before = await sessionState(owner, sid);
  const refusedActions = await watch(owner, "action.refused");
  const refusedEnds = await watch(owner, "session.end_refused");

  const strange = [sid, newId(), "S-1", "..%2f..%2fadmin"];
  const answers = [];
  for (const id of strange) {
    answers.push(await report(id, [act()], thief));
    answers.push(await report(id, { by: "customer" }, thief, "end"));
  }
  // Another's, unknown and nonsense: one answer.
  for (const answer of answers) {
    expect(answer.status).toBe(404);
    expect(jsonOf(answer)).toMatchObject({ status: 404, title: "Not found" });
  }
  // What no address holds is refused before anybody asks whose it is.
  for (const id of ["%00", `${sid}%00`])
    expect((await report(id, [act()], thief)).status).toBe(400);
  expect(await sessionState(owner, sid)).toBe(before);
  const entries = [...(await refusedActions()), ...(await refusedEnds())];
  expect(entries.map(({ body }) => [body.refused, body.by])).toEqual(
    Array(2 * strange.length).fill(["not_found", "Shop"]),
  );
});

test("the id of another session's action is nothing in this one", async ({
  caller,
  databases: { owner },
}) => {
  const subject = await subjectOf(owner, "jane@pebblewick.test");
  const one = await started(await caller(), subject, { scope: "write" });
  const other = await started(await caller(), subject, { scope: "write" });
  const attempt = act();
  expect(jsonOf(await report(one, [attempt]))).toMatchObject({ accepted: [{ accepted: true }] });
  const before = await sessionState(owner, one);
  expect(jsonOf(await report(other, [{ ...attempt, phase: "done" }]))).toMatchObject({
    accepted: [{ accepted: false, reason: "unknown" }],
  });
  expect(await sessionState(owner, one)).toBe(before);
});
