import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { approve, ask, start, vote } from "#db/testing/steps.ts";

const s = await scene();

test("no request at all", async () => {
  const request = { id: newId(), actor: s.ana, subject: s.jane, minutes: 30, scope: "write" };
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_grant");
});

test("a pending one, even with its vote", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_grant");
  await s.commit((sql) => vote(sql, request, s.max));
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_grant");
});

test("one that was granted to somebody else", async () => {
  const request = await s.commit(async (sql) => {
    const request = await ask(sql, s.ana, s.rita);
    await approve(sql, request, s.max);
    return request;
  });
  expect(await attack(s, (sql) => start(sql, { ...request, actor: s.ben }))).toBe(
    "session_other_than_granted",
  );
});
