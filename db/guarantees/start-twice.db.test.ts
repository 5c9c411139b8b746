import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { end, start } from "#db/testing/steps.ts";

const s = await scene();

test("from a used request, live or ended", async () => {
  const session = await s.live();
  expect(await attack(s, (sql) => start(sql, session.request))).toBe("session_request_used");
  await s.commit((sql) => end(sql, session));
  expect(await attack(s, (sql) => start(sql, session.request))).toBe("session_request_used");
});

test("a second live session of one actor", async () => {
  await s.live(s.ben);
  const second = await s.granted(s.ben);
  expect(await attack(s, (sql) => start(sql, second))).toBe("sessions_one_live_per_actor");
});
