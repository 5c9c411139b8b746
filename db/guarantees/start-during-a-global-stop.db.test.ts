import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { stop } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, start } from "#db/testing/steps.ts";

const s = await scene();
const request = await s.granted();
await stop(s.owner, s.max);

test("nobody asks or starts", async () => {
  expect(await attack(s, (sql) => ask(sql, s.ben, s.jane))).toBe("request_global_stop");
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_global_stop");
});

test("nor does the runtime role take it away", async () => {
  for (const lift of [
    "delete from global_stops",
    "truncate global_stops",
    "alter table global_stops rename to nothing_here",
  ])
    expect(await attack(s, (sql) => sql.query(lift))).toBe("42501");
});
