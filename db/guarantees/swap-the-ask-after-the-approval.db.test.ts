import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { approve, ask, start } from "#db/testing/steps.ts";

const s = await scene();
const request = await s.commit(async (sql) => {
  const request = await ask(sql, s.ana, s.rita, { scope: "read" });
  await approve(sql, request, s.max);
  return request;
});

test.each([
  ["subject_id = $2, account_id = $3", [s.jane.id, s.standard]],
  ["actor_id = $2", [s.ben]],
  ["scope = $2", ["write"]],
  ["minutes = $2", [60]],
  ["reason = $2", ["Another reason altogether"]],
  ["return_path = $2", ["/elsewhere"]],
])("%s: not permitted, and frozen to the owner", async (change, values) => {
  const swap = `update requests set ${change} where id = $1`;
  const params = [request.id, ...values];
  expect(await attack(s, (sql) => sql.query(swap, params))).toBe("42501");
  const asOwner = { owner: s.owner, runtime: s.owner };
  expect(await attack(asOwner, (sql) => sql.query(swap, params))).toBe("request_frozen");
});

test.each([
  ["subject", { subject_id: s.jane.id, account_id: s.standard }],
  ["actor", { actor_id: s.ben }],
  ["scope", { scope: "write" }],
  ["minutes", { minutes: 45 }],
])("a session with another %s than was granted", async (_, more) => {
  expect(await attack(s, (sql) => start(sql, request, more))).toBe("session_other_than_granted");
});
