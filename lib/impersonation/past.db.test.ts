import { expect, test } from "vitest";
import { ageSession } from "#db/testing/age.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { approve, ask, end, type Session, start } from "#db/testing/steps.ts";
import type { Scope } from "#lib/vocabulary.ts";
import { type PastFilter, readPast } from "./queries.ts";
import { atWork } from "./testing.ts";

const s = await scene();
const work = await atWork(s);
const id = await hire(s.owner, "cleo", ["compliance"]);
const cleo = { ...work.max, actor: { ...work.max.actor, id, roles: ["compliance" as const] } };
await s.owner.query("update staff set zone = 'Asia/Kolkata' where id = $1", [s.ben]);

const over = (actor: string, scope: Scope, sensitive: boolean): Promise<Session> =>
  s.commit(async (sql) => {
    const request = await ask(sql, actor, sensitive ? s.rita : s.jane, { scope });
    await approve(sql, request, s.max);
    const session = await start(sql, request);
    await end(sql, session);
    return session;
  });
const looking = (await over(s.ana, "read", false)).id;
const acting = (await over(s.ana, "write", true)).id;
const bens = (await over(s.ben, "read", true)).id;

/** Moved so that it began at this time, in UTC. */
const moveTo = async (session: string, at: string) => {
  const { rows } = await s.owner.query(
    "select (started_at - $2::timestamptz)::text as by from sessions where id = $1",
    [session, `${at}+00`],
  );
  await ageSession(s.owner, session, String(rows[0]?.by));
};
// A Monday, around midnight in Berlin; half past three in Kolkata.
await moveTo(looking, "2026-07-05 21:59:59");
await moveTo(acting, "2026-07-05 22:00:00");
await moveTo(bens, "2026-07-06 22:01:00");

const found = async (filter: Omit<PastFilter, "zone">) =>
  (await readPast(cleo, { zone: "Europe/Berlin", ...filter }, {})).rows.map((row) => row.id);

test("by days of the company's zone, both included", async () => {
  expect(await found({ from: "2026-07-06", to: "2026-07-06" })).toEqual([acting]);
  expect(await found({ from: "2026-07-05", to: "2026-07-06" })).toEqual([acting, looking]);
  expect(await found({ to: "2026-07-05" })).toEqual([looking]);
  expect(await found({ from: "2026-07-07" })).toEqual([bens]);
});

test("by scope, and by the tier that was frozen", async () => {
  expect(await found({ scope: "write" })).toEqual([acting]);
  expect(await found({ tier: "standard" })).toEqual([looking]);
  await s.owner.query("update accounts set tier = 'standard' where id = $1", [s.regulated]);
  expect(await found({ tier: "regulated" })).toEqual([bens, acting]);
  expect(await found({ tier: "enterprise" })).toEqual([]);
});

test("by the hour of the actor's own day", async () => {
  expect(await found({ weekday: 7, hour: 22 })).toEqual([acting]);
  expect(await found({ weekday: 2, hour: 3 })).toEqual([bens]);
  expect(await found({ hour: 0 })).toEqual([]);
});

test("by the hour of the zone of today, as the page says, whatever zone they had then", async () => {
  await s.owner.query("update staff set zone = 'UTC' where id = $1", [s.ben]);
  expect(await found({ weekday: 1, hour: 22 })).toEqual([bens]);
  expect(await found({ weekday: 2, hour: 3 })).toEqual([]);
});
