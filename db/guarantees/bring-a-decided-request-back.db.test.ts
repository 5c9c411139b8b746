import { expect, test } from "vitest";
import { ageRequest } from "#db/testing/age.ts";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { update } from "#db/testing/sql.ts";
import { ask, close, deny, grant, type Request, start } from "#db/testing/steps.ts";

const s = await scene();
const asked = () => s.commit((sql) => ask(sql, s.ana, s.jane));

async function refusesEverything(request: Request) {
  expect(await attack(s, (sql) => grant(sql, request))).toBe("request_move");
  const reset = { status: "pending", closed_at: null, closed_entry_id: null };
  expect(await attack(s, (sql) => update(sql, "requests", request.id, reset))).toBe("request_move");
}

test("denied", async () => {
  const request = await asked();
  await s.commit((sql) => deny(sql, request, s.max));
  await refusesEverything(request);
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_grant");
});

test("cancelled", async () => {
  const request = await asked();
  await s.commit((sql) => close(sql, request, "cancelled"));
  await refusesEverything(request);
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_without_grant");
});

test("lapsed", async () => {
  const request = await asked();
  await ageRequest(s.owner, request.id, "5 hours");
  await s.commit((sql) => close(sql, request, "lapsed"));
  await refusesEverything(request);
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_request_lapsed");
});

test("denied without a vote, used without a session", async () => {
  const request = await asked();
  expect(await attack(s, (sql) => close(sql, request, "denied"))).toBe(
    "request_denied_without_vote",
  );
  await s.commit((sql) => grant(sql, request));
  const used = { status: "used", closed_at: new Date(), closed_entry_id: request.id };
  expect(await attack(s, (sql) => update(sql, "requests", request.id, used))).toBe(
    "request_used_without_session",
  );
});
