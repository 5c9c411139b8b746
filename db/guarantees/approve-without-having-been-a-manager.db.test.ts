import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { giveRole, hire, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, vote } from "#db/testing/steps.ts";

const s = await scene();
const lost = await hire(s.owner, "lost", ["manager"]);
const late = await hire(s.owner, "late", ["agent"]);
const gone = await hire(s.owner, "gone", ["manager"]);
const again = await hire(s.owner, "again", ["manager"]);
const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
await takeRole(s.owner, lost, "manager");
await giveRole(s.owner, late, "manager", "0");
await takeRole(s.owner, again, "manager");
await giveRole(s.owner, again, "manager", "0");
await s.owner.query(
  "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
  [gone],
);

test.each([
  ["an agent", s.ben],
  ["who lost the role before the vote", lost],
  ["who got it after the ask", late],
  ["who lost it and got it again after the ask", again],
  ["a deactivated manager", gone],
])("%s", async (_, approver) => {
  expect(await attack(s, (sql) => vote(sql, request, approver))).toBe("vote_without_role");
});
