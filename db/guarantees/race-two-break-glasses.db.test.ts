import { expect, test } from "vitest";
import { refusal } from "#db/testing/attack.ts";
import { allowGlass, askGlass, useGlass } from "#db/testing/break-glass.ts";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { review } from "#db/testing/session-reviews.ts";
import type { Sql } from "#db/testing/sql.ts";
import { end } from "#db/testing/steps.ts";

const s = await scene();
await allowGlass(s.owner, 21);
const use = (actor: string) => async (sql: Sql) =>
  useGlass(sql, await askGlass(sql, actor, s.rita));

test("of one actor: one of them, also where the first has ended by then", async () => {
  const actor = await s.agent("eve");
  const [first, second] = [await opened(s.runtime), await opened(s.runtime)];
  const session = await use(actor)(first.sql);
  const outcome = second.race(use(actor));
  await waits(s.owner, second);
  await end(first.sql, session);
  await first.commit();
  expect(await outcome).toBe("request_break_glass");
});

test("of one actor fifty times at once: one", async () => {
  const actor = await s.agent("many");
  const all = await Promise.all(
    Array.from({ length: 50 }, () => s.commit(use(actor)).then(() => "won", refusal)),
  );
  expect(all.filter((one) => one === "won")).toHaveLength(1);
  expect(new Set(all)).toEqual(new Set(["won", "request_break_glass"]));
});

test("against its review: only after that is committed", async () => {
  const actor = await s.agent("again");
  const session = await s.commit(use(actor));
  await s.commit((sql) => end(sql, session));
  const reviewing = await opened(s.runtime);
  await review(reviewing.sql, session, s.max);
  expect(await s.commit(use(actor)).then(() => "won", refusal)).toBe("request_break_glass");
  await reviewing.commit();
  expect(await s.commit(use(actor)).then(() => "won", refusal)).toBe("won");
});

test("of two actors: neither waits for the other", async () => {
  const [one, other] = [await s.agent("ida"), await s.agent("ivo")];
  const [first, second] = [await opened(s.runtime), await opened(s.runtime)];
  await use(one)(first.sql);
  expect(await second.race(use(other))).toBe("won");
  await first.commit();
});
