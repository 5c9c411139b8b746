import { expect, test } from "vitest";
import { ageRequest } from "#db/testing/age.ts";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { close, start } from "#db/testing/steps.ts";

const s = await scene();

test("more than 30 minutes after the grant, whether or not the lapse is on record", async () => {
  const request = await s.granted();
  await ageRequest(s.owner, request.id, "30 minutes 1 second");
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_request_lapsed");
  await s.commit((sql) => close(sql, request, "lapsed"));
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_request_lapsed");
});
