import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { giveRole, hire, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";

const s = await scene();
const asOwner = { owner: s.owner, runtime: s.owner };

test("either after the other, even by the owner", async () => {
  const carla = await hire(s.owner, "carla", ["compliance"]);
  expect(await attack(asOwner, (sql) => giveRole(sql, carla, "agent"))).toBe(
    "staff_roles_held_once",
  );
  expect(await attack(asOwner, (sql) => giveRole(sql, s.ana, "compliance"))).toBe(
    "staff_roles_held_once",
  );
});

test("one after the other was taken back is fine", async () => {
  await takeRole(s.owner, s.ben, "agent");
  await giveRole(s.owner, s.ben, "compliance");
});
