import { expect, it } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { chooseNotices, readChoices } from "./choices.ts";
import { groupsOf } from "./groups.ts";

const s = await scene();
const { ana, max } = await atWork(s);
const topics = (actor: StaffActor) => groupsOf(actor).map(({ group }) => group);

it("offers each what can reach them by their roles, and of a topic what of it can", () => {
  expect(topics(ana.actor)).toEqual(["own_requests", "reviews"]);
  expect(groupsOf(ana.actor).at(-1)?.means).not.toContain("Items");
  expect(topics(max.actor)).toEqual(["approvals", "sessions", "proposals", "reviews"]);
  expect(topics({ ...max.actor, roles: ["admin"] })).toEqual(["proposals", "reviews"]);
  expect(topics({ ...max.actor, roles: ["manager", "agent"] })).toHaveLength(5);
});

it("switches nothing off that the form did not show", async () => {
  const before = await readChoices(ana);
  const chosen = await chooseNotices(ana, {
    ...{ on: [], shown: ["mail"], about: ["own_requests"] },
  });
  expect(chosen).toEqual({ ok: true, value: { changed: 1 } });
  expect(await readChoices(ana)).toEqual(before.filter((one) => one !== "own_requests.mail"));
});
