import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, attempt, end, grant, vote } from "#db/testing/steps.ts";

const s = await scene();
const live = await s.live();
const session = { actor: s.ana, subject: s.jane, session: live.id };

test("asking", async () => {
  const id = newId();
  const about = { actor: s.ana, subject: s.jane, request: id };
  const old = await s.commit((sql) => entry(sql, "request.asked", about));
  const outcome = await attack(s, (sql) => ask(sql, s.ana, s.jane, { id, asked_entry_id: old }));
  expect(outcome).toBe("change_without_entry");
});

test("voting and granting", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.jane));
  const about = { actor: s.max, subject: s.jane, request: request.id };
  const old = await s.commit((sql) => entry(sql, "request.approved", about));
  const voting = await attack(s, (sql) => vote(sql, request, s.max, { entry_id: old }));
  expect(voting).toBe("change_without_entry");
  const granting = await attack(s, (sql) => grant(sql, request, { granted_entry_id: old }));
  expect(granting).toBe("change_without_entry");
});

test("writing", async () => {
  const old = await s.commit((sql) => entry(sql, "action.write", session));
  const outcome = await attack(s, (sql) => attempt(sql, live, { entry_id: old }));
  expect(outcome).toBe("change_without_entry");
});

test("ending", async () => {
  const old = await s.commit((sql) => entry(sql, "session.ended", session));
  const outcome = await attack(s, (sql) => end(sql, live, { ended_entry_id: old }));
  expect(outcome).toBe("change_without_entry");
});
