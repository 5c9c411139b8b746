import { expect, test } from "vitest";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { start } from "#db/testing/steps.ts";

const s = await scene();

test("of one request: one session", async () => {
  const request = await s.granted();
  const first = await opened(s.runtime);
  const second = await opened(s.runtime);
  await start(first.sql, request);
  const outcome = second.race((sql) => start(sql, request));
  await waits(s.owner, second);
  await first.commit();
  expect(await outcome).toBe("session_request_used");
});

test("of two requests of one actor: one live session", async () => {
  const [one, other] = [await s.granted(s.ben), await s.granted(s.ben)];
  const first = await opened(s.runtime);
  const second = await opened(s.runtime);
  await start(first.sql, one);
  const outcome = second.race((sql) => start(sql, other));
  await waits(s.owner, second);
  await first.commit();
  expect(await outcome).toBe("sessions_one_live_per_actor");
});

test("by two actors: neither waits for the other", async () => {
  const [one, other] = [await s.granted(s.moe), await s.granted(await s.agent("eve"))];
  const first = await opened(s.runtime);
  const second = await opened(s.runtime);
  await start(first.sql, one);
  expect(await second.race((sql) => start(sql, other))).toBe("won");
  await first.commit();
});
