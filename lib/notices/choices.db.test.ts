import { expect, it } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { chooseNotices, readChoices, readHasReports } from "./choices.ts";
import { groupsOf } from "./groups.ts";

const s = await scene();
const { ana, max } = await atWork(s);
const topics = (actor: StaffActor, hasReports = false) =>
  groupsOf(actor, hasReports).map(({ group }) => group);

it("offers each what can reach them by their roles, and of a topic what of it can", async () => {
  expect(topics(ana.actor)).toEqual(["own_requests", "reviews"]);
  expect(groupsOf(ana.actor, false).at(-1)?.means).not.toContain("Items");
  expect(topics(max.actor)).toEqual(["approvals", "sessions", "proposals", "reviews"]);
  expect(topics({ ...max.actor, roles: ["admin"] })).toEqual(["proposals", "reviews"]);
  expect(topics({ ...max.actor, roles: ["manager", "agent"] })).toHaveLength(5);
  // Whose reports reach for many customers is told of it, whatever their role.
  expect(topics({ ...max.actor, roles: ["admin"] }, true)).toContain("sessions");
  expect(await readHasReports(max)).toBe(false);
  await s.owner.query("update staff set manager_id = $1 where id = $2", [
    max.actor.id,
    ana.actor.id,
  ]);
  expect([await readHasReports(max), await readHasReports(ana)]).toEqual([true, false]);
});

it("switches nothing off that the form did not show", async () => {
  const before = await readChoices(ana);
  const chosen = await chooseNotices(ana, {
    ...{ on: [], shown: ["mail"], about: ["own_requests"] },
  });
  expect(chosen).toEqual({ ok: true, value: { changed: 1 } });
  expect(await readChoices(ana)).toEqual(before.filter((one) => one !== "own_requests.mail"));
});
