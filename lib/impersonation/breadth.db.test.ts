import { beforeAll, expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { ageSession } from "#db/testing/age.ts";
import { crowd } from "#db/testing/breadth.ts";
import { hire, type Subject } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { cancel } from "#lib/requests/cancel.ts";
import { end } from "./end.ts";
import { liftBreadth } from "./lift-breadth.ts";
import { standIn } from "./stand-in.ts";
import { readTeamBreadth } from "./team-breadth.ts";
import { atWork, question } from "./testing.ts";

const s = await scene();
const { ana, ben, max, mia, moe } = await atWork(s);
const sessions: string[] = [];
let people: Subject[] = [];

/** The policy in force: five people an hour, eight a day; the warning comes with the fourth and the seventh. */
beforeAll(async () => {
  await insert(s.owner, "policy_versions", {
    version: 15,
    body: { ...policy14, breadth: { hour: 5, day: 8 } },
  });
  people = await crowd(s, 20);
});

async function meet(ctx: Ctx<StaffActor>, i: number): Promise<string> {
  const result = await standIn(ctx, question(people[i]?.id ?? ""));
  if (!result.ok) return result.error.code;
  if (result.value.kind !== "started") return result.value.kind;
  const { sessionId } = result.value;
  sessions.push(sessionId);
  await end(ctx, { sessionId });
  return "started";
}
const meetAll = async (ctx: Ctx<StaffActor>, ...which: number[]) => {
  const outcomes = [];
  for (const i of which) outcomes.push(await meet(ctx, i));
  return outcomes;
};
const entries = async (event: string, actorId: string) => {
  const { rows } = await s.owner.query(
    "select body::jsonb as body from audit_payload join audit_entry e on e.id = entry_id where event = $1 and actor_id = $2 order by occurred_at",
    [event, actorId],
  );
  return rows.map(({ body }) => body);
};

it("refuses the sixth person, says why, when and who can lift it; that is an entry", async () => {
  expect(await meetAll(ana, 0, 1, 2, 3, 4, 5)).toEqual([
    ...Array.from({ length: 5 }, () => "started"),
    "breadth",
  ]);
  const refused = await standIn(ana, question(people[5]?.id ?? ""));
  expect(refused).toMatchObject({
    error: {
      message:
        "You cannot start: you stood in for 5 people within an hour, as many as policy 15 allows. There is room again in 60 min. max or mia or moe can lift this for a day.",
    },
  });
  expect(await entries("request.refused", ana.actor.id)).toMatchObject([
    { refused: "breadth" },
    { refused: "breadth" },
  ]);
});

it("warned of it once, on record, with the fourth", async () => {
  expect(await entries("breadth.warned", ana.actor.id)).toMatchObject([
    { window: "hour", count: 4, limit: 5 },
  ]);
});

it("lets the same people be met again, and asks that are cancelled or refused count nothing", async () => {
  expect(await meetAll(ana, 0, 4)).toEqual(["started", "started"]);
  const asked = await standIn(ben, question(s.rita.id));
  if (!asked.ok || asked.value.kind !== "waiting") throw new Error("It should wait");
  await cancel(ben, { requestId: asked.value.requestId });
  expect(await meetAll(ben, 0, 1, 2, 3, 4)).toEqual(Array.from({ length: 5 }, () => "started"));
});

it("makes room as the hour passes, until the day is full", async () => {
  for (const id of sessions) await ageSession(s.owner, id, "61 minutes");
  expect(await meetAll(ana, 5, 6, 7, 8)).toEqual(["started", "started", "started", "breadth"]);
  expect((await entries("breadth.warned", ana.actor.id)).at(-1)).toMatchObject({
    window: "day",
    count: 7,
    limit: 8,
  });
});

it("shows managers who is near, and whether they can lift it", async () => {
  const team = await readTeamBreadth(max);
  expect(team.map(({ name, day, canLift }) => [name, day, canLift])).toEqual([["ana", 8, true]]);
  expect(await readTeamBreadth(ana)).toEqual([]);
});

it("is lifted by a manager, with a reason and on record, for that agent alone", async () => {
  const reason = "An outage at Northwind, all hands";
  const lift = (ctx: Ctx<StaffActor>, actorId: string) => liftBreadth(ctx, { actorId, reason });
  const below = await hire(s.owner, "below", ["manager"], { managerId: s.moe });
  const twin = await hire(s.owner, "ben too", ["manager"]);
  await s.owner.query("update staff set person_id = $2 where id = $1", [twin, ben.actor.id]);
  const benToo = { ...mia, actor: { ...mia.actor, id: twin, name: "ben too" } };
  const belowCtx = { ...mia, actor: { ...mia.actor, id: below, name: "below" } };
  for (const [ctx, actorId, code] of [
    [ben, ana.actor.id, "not_approver"],
    [moe, moe.actor.id, "own_request"],
    [belowCtx, moe.actor.id, "reports_to_actor"],
    [benToo, ben.actor.id, "own_request"],
    [max, mia.actor.id, "not_found"],
    [max, newId(), "not_found"],
  ] as const) {
    const refused = await lift(ctx, actorId);
    expect(refused.ok ? "ok" : refused.error.code).toBe(code);
    expect((await entries("breadth.lift_refused", ctx.actor.id)).at(-1)).toMatchObject({
      refused: code,
      reason,
    });
  }
  expect(await lift(max, ana.actor.id)).toMatchObject({ ok: true, value: { name: "ana" } });
  expect(await lift(mia, ana.actor.id)).toMatchObject({ error: { code: "already_decided" } });
  expect(await entries("breadth.lifted", max.actor.id)).toMatchObject([
    { agent: "ana", reason, within_a_day: 8 },
  ]);
  expect(await meetAll(ana, 8, 9, 10, 11, 12)).toEqual(Array.from({ length: 5 }, () => "started"));
  expect((await readTeamBreadth(mia))[0]).toMatchObject({
    name: "ana",
    canLift: false,
    lift: { by: "max", reason },
  });
  expect(await meetAll(ben, 5, 6, 7)).toEqual(["started", "started", "started"]);
  expect(await meet(ben, 8)).toBe("breadth");
});

it("gives two starts at once of the last place one place", async () => {
  expect(await meetAll(moe, 0, 1, 2, 3)).toEqual(Array.from({ length: 4 }, () => "started"));
  const both = await Promise.all([meet(moe, 4), meet(moe, 5)]);
  expect(both.filter((outcome) => outcome === "started")).toHaveLength(1);
});
