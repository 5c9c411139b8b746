import { expect, test } from "vitest";
import { ageRequest } from "#db/testing/age.ts";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, close, grant, vote } from "#db/testing/steps.ts";

const s = await scene();

test("a vote after the lapse", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  await ageRequest(s.owner, request.id, "4 hours 1 second");
  expect(await attack(s, (sql) => vote(sql, request, s.max))).toBe("vote_lapsed");
});

test("a grant after the lapse, of a vote before it", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  await s.commit((sql) => vote(sql, request, s.max));
  await ageRequest(s.owner, request.id, "4 hours 1 second");
  expect(await attack(s, (sql) => grant(sql, request))).toBe("request_lapsed");
});

test("a lapse before its time", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  expect(await attack(s, (sql) => close(sql, request, "lapsed"))).toBe("request_not_due");
});
