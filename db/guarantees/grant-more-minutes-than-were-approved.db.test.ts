import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, grant, start, vote } from "#db/testing/steps.ts";

const s = await scene();

test("more than the shortest vote", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  const outcome = await attack(s, async (sql) => {
    const granted_entry_id = await vote(sql, request, s.max, { minutes: 15 });
    await grant(sql, request, { granted_entry_id, granted_minutes: 30 });
  });
  expect(outcome).toBe("request_granted_minutes");
});

test("a vote for more than was asked", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  const outcome = await attack(s, (sql) => vote(sql, request, s.max, { minutes: 45 }));
  expect(outcome).toBe("vote_minutes");
});

test("a session longer than the grant", async () => {
  const request = await s.commit(async (sql) => {
    const request = await ask(sql, s.ana, s.jane, { minutes: 60 });
    await grant(sql, request, { granted_minutes: 15 });
    return request;
  });
  expect(await attack(s, (sql) => start(sql, request, { minutes: 16 }))).toBe(
    "session_other_than_granted",
  );
});
