import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, vote } from "#db/testing/steps.ts";

const s = await scene();
const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
await s.commit((sql) => vote(sql, request, s.max));

test.each([
  "update approvals set vote = 'deny', minutes = null, comment = 'No, after all'",
  "update approvals set minutes = 60",
  "delete from approvals",
  "truncate approvals",
])("%s: not permitted, and refused to the owner", async (statement) => {
  expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
  const asOwner = { owner: s.owner, runtime: s.owner };
  expect(await attack(asOwner, (sql) => sql.query(statement))).toBe("approvals_append_only");
});
