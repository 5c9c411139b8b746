import { expect, it } from "vitest";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, end as endStep, grant, start } from "#db/testing/steps.ts";
import { end } from "#lib/impersonation/end.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import { readToLookAt } from "#lib/impersonation/to-look-at.ts";
import { readToLookAtCount } from "#lib/impersonation/to-look-at-count.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { reviewSession } from "./review-session.ts";

const s = await scene();
const { ana, ben, max, mia } = await atWork(s);

async function acted(actor: Ctx<StaffActor>): Promise<string> {
  const started = await standIn(actor, question(s.jane.id, { scope: "write" }));
  if (!started.ok || started.value.kind !== "started") throw new Error("It did not start");
  await end(actor, { sessionId: started.value.sessionId });
  return started.value.sessionId;
}
/** What the navigation counts, and what the page lists. */
const both = async (reader: Ctx<StaffActor>) => [
  (await readToLookAtCount(reader)).count,
  (await readToLookAt(reader, {})).rows.length,
];

it("counts for each what their page lists: what they were asked, and what nobody was", async () => {
  await s.owner.query("update staff set manager_id = $2 where id = $1", [s.ben, s.mia]);
  expect([await both(max), await both(mia), await both(ana)]).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
  const ofMia = await acted(ben);
  await acted(ana);
  expect([await both(max), await both(mia), await both(ana)]).toEqual([
    [1, 1],
    [2, 2],
    [0, 0],
  ]);
  const said = await reviewSession(mia, { sessionId: ofMia, verdict: "as_expected" });
  expect(said.ok).toBe(true);
  expect(await both(mia)).toEqual([1, 1]);
});

it("and what was for somebody who has left, for whoever may in their place", async () => {
  await acted(ben);
  expect(await both(max)).toEqual([1, 1]);
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [s.mia],
  );
  const [counted, listed] = await both(max);
  expect(counted).toBe(listed);
});

/** So many sessions of `actor` for acting, one after the other. */
const many = (actor: string, n: number) =>
  s.commit(async (sql) => {
    for (let i = 0; i < n; i += 1) {
      const request = await ask(sql, actor, s.jane, { scope: "write" });
      await grant(sql, request);
      await endStep(sql, await start(sql, request));
    }
  });

it("and what nobody was asked about, however much others have been asked about since", async () => {
  const boss = await hire(s.owner, "boss", ["manager"]);
  await s.owner.query("update staff set manager_id = $2 where id = $1", [s.ben, boss]);
  const before = await readToLookAtCount(max);
  expect(before).toEqual({ count: (await readToLookAt(max, {})).rows.length, more: false });
  expect(before.count).toBeGreaterThan(0);
  await many(s.ben, 220);
  expect(await readToLookAtCount(max)).toEqual(before);
});

it("and says that there are more where it stops looking", async () => {
  await many(s.ana, 100);
  expect(await readToLookAtCount(max)).toEqual({ count: 100, more: true });
  // A manager since now could not have approved any of them, and somebody else could.
  const id = await hire(s.owner, "late", ["manager"], { since: "0 s" });
  const late = { ...max, actor: { ...max.actor, id } };
  expect(await readToLookAtCount(late)).toEqual({ count: 0, more: true });
});
