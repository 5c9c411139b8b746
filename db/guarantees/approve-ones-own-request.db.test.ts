import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, vote } from "#db/testing/steps.ts";

const s = await scene();

test("being a manager too does not help", async () => {
  const request = await s.commit((sql) => ask(sql, s.moe, s.rita));
  expect(await attack(s, (sql) => vote(sql, request, s.moe))).toBe("vote_own_request");
});
