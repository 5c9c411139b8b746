import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, vote } from "#db/testing/steps.ts";

const s = await scene();
const chief = await hire(s.owner, "chief", ["agent", "manager"]);
const middle = await hire(s.owner, "middle", ["manager"], { managerId: chief });
const below = await hire(s.owner, "below", ["manager"], { managerId: middle });
const request = await s.commit((sql) => ask(sql, chief, s.rita));

test("directly or through others", async () => {
  for (const approver of [middle, below])
    expect(await attack(s, (sql) => vote(sql, request, approver))).toBe("vote_reports_to_actor");
});

test("in a circle of managers", async () => {
  await s.owner.query("update staff set manager_id = $2 where id = $1", [chief, below]);
  for (const approver of [middle, below])
    expect(await attack(s, (sql) => vote(sql, request, approver))).toBe("vote_reports_to_actor");
});

test("a circle that the actor is not in ends and stands in nobody's way", async () => {
  await s.owner.query("update staff set manager_id = $2 where id = $1", [s.max, s.mia]);
  await s.owner.query("update staff set manager_id = $2 where id = $1", [s.mia, s.max]);
  await s.commit((sql) => vote(sql, request, s.max));
});
