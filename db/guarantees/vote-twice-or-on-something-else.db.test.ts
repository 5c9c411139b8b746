import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { approve, ask, vote } from "#db/testing/steps.ts";

const s = await scene();

test("twice", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita, { approvals_needed: 2 }));
  await s.commit((sql) => vote(sql, request, s.max));
  expect(await attack(s, (sql) => vote(sql, request, s.max))).toBe("approvals_one_vote");
});

test("on a request that is decided", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  await s.commit((sql) => approve(sql, request, s.max));
  expect(await attack(s, (sql) => vote(sql, request, s.mia))).toBe("vote_not_pending");
});

test("with the hash of another ask", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  const { rows } = await s.owner.query("select ask_hash from requests where id <> $1 limit 1", [
    request.id,
  ]);
  const outcome = await attack(s, (sql) =>
    vote(sql, request, s.max, { ask_hash: rows[0]?.ask_hash }),
  );
  expect(outcome).toBe("vote_other_ask");
});

test("a denial that does not say why", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  const outcome = await attack(s, (sql) => vote(sql, request, s.max, { vote: "deny" }));
  expect(outcome).toBe("approvals_denial_says_why");
});
