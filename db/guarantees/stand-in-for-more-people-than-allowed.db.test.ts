import { beforeAll, expect, test } from "vitest";
import { ageSession } from "#db/testing/age.ts";
import { attack } from "#db/testing/attack.ts";
import { crowd, lift, standInFor } from "#db/testing/breadth.ts";
import type { Subject } from "#db/testing/people.ts";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { ask, end, grant, start } from "#db/testing/steps.ts";

const s = await scene();
let people: Subject[] = [];
const sessions: string[] = [];

/** The policy in force: three people an hour, five a day. */
beforeAll(async () => {
  const body = JSON.stringify({ breadth: { hour: 3, day: 5 } });
  await insert(s.owner, "policy_versions", { version: 2, body });
  people = await crowd(s, 12);
});
const person = (i: number): Subject => {
  const found = people[i];
  if (!found) throw new Error("There are too few people");
  return found;
};
const standIn = async (i: number, actor = s.ana) =>
  sessions.push(await s.commit((sql) => standInFor(sql, actor, person(i))));
const refused = (i: number, actor = s.ana) => attack(s, (sql) => standInFor(sql, actor, person(i)));
const anHourPasses = async () => {
  for (const id of sessions) await ageSession(s.owner, id, "61 minutes");
};

test("the hour's fourth person, but the third as often as one likes", async () => {
  for (const i of [0, 1, 2, 2, 0]) await standIn(i);
  expect(await refused(3)).toBe("session_breadth");
});

test("another actor is not held up by that", async () => {
  await standIn(3, s.ben);
});

test("by a clock of one's own", async () => {
  expect(
    await attack(s, async (sql) => {
      const request = await ask(sql, s.ana, person(3));
      await grant(sql, request);
      await start(sql, request, { started_at: new Date(Date.now() + 7_200_000) });
    }),
  ).toBe("session_breadth");
});

test("with what was granted before, and cancelled, and asked again", async () => {
  expect(
    await attack(s, async (sql) => {
      for (const i of [3, 4]) {
        const request = await ask(sql, s.ana, person(i));
        await grant(sql, request);
        await start(sql, request).then((session) => end(sql, session));
      }
    }),
  ).toBe("session_breadth");
});

test("in an old snapshot, in which nobody has been stood in for", async () => {
  expect(
    await attack(s, async (sql) => {
      await sql.query("set transaction isolation level repeatable read");
      await standInFor(sql, s.ana, person(3));
    }),
  ).toBe("decision_in_old_snapshot");
});

test("the day's sixth person, though the hour has room again", async () => {
  await anHourPasses();
  for (const i of [3, 4, 0]) await standIn(i);
  await anHourPasses();
  expect(await refused(5)).toBe("session_breadth");
  await standIn(4);
});

test("two at once, the last that has room", async () => {
  for (const i of [6, 7]) await standIn(i, s.moe);
  const [one, other] = await Promise.all([opened(s.runtime), opened(s.runtime)]);
  await standInFor(one.sql, s.moe, person(8));
  const outcome = other.race((sql) => standInFor(sql, s.moe, person(9)));
  await waits(s.owner, other);
  await one.commit();
  expect(await outcome).toBe("session_breadth");
});

test("once it is lifted: as many as there are, for a day", async () => {
  await s.commit((sql) => lift(sql, s.ana, s.max));
  for (const i of [5, 6, 7, 8]) await standIn(i);
  await s.owner.query("alter table breadth_lifts disable trigger user");
  await s.owner.query(
    "update breadth_lifts set created_at = created_at - interval '1 day', ends_at = ends_at - interval '1 day'",
  );
  await s.owner.query("alter table breadth_lifts enable trigger user");
  expect(await refused(9)).toBe("session_breadth");
});
