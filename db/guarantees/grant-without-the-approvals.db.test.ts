import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, grant, vote } from "#db/testing/steps.ts";

const s = await scene();

test("a sensitive request with no vote", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  expect(await attack(s, (sql) => grant(sql, request))).toBe("request_without_approvals");
});

test("one vote where two are needed", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita, { approvals_needed: 2 }));
  const outcome = await attack(s, async (sql) => {
    await vote(sql, request, s.max);
    await grant(sql, request);
  });
  expect(outcome).toBe("request_without_approvals");
});

test("a denial beside an approval", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  const outcome = await attack(s, async (sql) => {
    await vote(sql, request, s.max);
    await vote(sql, request, s.mia, { vote: "deny", comment: "Not needed" });
    await grant(sql, request);
  });
  expect(outcome).toBe("request_without_approvals");
});
