import { expect, test } from "vitest";
import { ageSession } from "#db/testing/age.ts";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, attempt, end, grant, start } from "#db/testing/steps.ts";

const s = await scene();

test("in a session for looking only", async () => {
  const session = await s.commit(async (sql) => {
    const request = await ask(sql, s.ana, s.jane, { scope: "read" });
    await grant(sql, request);
    return start(sql, request);
  });
  expect(await attack(s, (sql) => attempt(sql, session))).toBe("action_scope");
});

test("credentials, ever", async () => {
  const session = await s.live(s.ben);
  const outcome = await attack(s, (sql) => attempt(sql, session, { effect: "credential" }));
  expect(outcome).toBe("action_denied");
  await s.commit((sql) => end(sql, session));
});

test("disguised as a view, or a view as a write", async () => {
  const session = await s.live(s.ben);
  expect(await attack(s, (sql) => attempt(sql, session, { phase: "view" }))).toBe("action_effect");
  expect(await attack(s, (sql) => attempt(sql, session, { effect: "view" }))).toBe("action_effect");
  await s.commit((sql) => end(sql, session));
});

test("after the end, after 10 idle minutes, after the time is up", async () => {
  const session = await s.live(s.ben);
  await ageSession(s.owner, session.id, "10 minutes 1 second");
  expect(await attack(s, (sql) => attempt(sql, session))).toBe("action_after_end");
  await ageSession(s.owner, session.id, "20 minutes");
  expect(await attack(s, (sql) => attempt(sql, session))).toBe("action_after_end");
  await s.commit((sql) => end(sql, session, { end_cause: "time" }));
  expect(await attack(s, (sql) => attempt(sql, session))).toBe("action_after_end");
});
