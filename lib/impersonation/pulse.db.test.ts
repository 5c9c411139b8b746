import { expect, it } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { ask } from "#lib/requests/ask.ts";
import { readOwnOpen } from "#lib/requests/queries.ts";
import { readQueue } from "#lib/requests/queue.ts";
import { may } from "#lib/staff/rights.ts";
import { end } from "./end.ts";
import { narrow } from "./narrow.ts";
import { readPulse, readSurroundings } from "./pulse.ts";
import { countLive } from "./queries.ts";
import { standIn } from "./stand-in.ts";
import { atWork, question } from "./testing.ts";

const s = await scene();
const work = await atWork(s);
const { ana, ben, max, mia, moe } = work;
const people = [ana, ben, max, mia, moe];

/** The one statement of every page says what the pages' own queries say. */
async function agrees() {
  for (const ctx of people) {
    const { seen, counts } = await readSurroundings(ctx, may(ctx.actor, "decide"));
    const { request: _, ...pulse } = await readPulse(ctx, null);
    expect(seen).toEqual(pulse);
    expect(counts).toEqual({
      waiting: may(ctx.actor, "decide") ? (await readQueue(ctx, new Date())).yours.length : 0,
      ownOpen: (await readOwnOpen(ctx)).length,
      live: await countLive(ctx),
    });
  }
}

it("counts what waits, is open and lives, for each as far as they see", async () => {
  await agrees();
  const before = await readPulse(max, null);
  const started = await standIn(ana, question(s.jane.id));
  const asked = await ask(ben, question(s.rita.id));
  if (!started.ok || started.value.kind !== "started" || !asked.ok) throw new Error("Not asked");
  await agrees();
  const { seen, counts } = await readSurroundings(max, true);
  expect(counts).toMatchObject({ waiting: 1, live: 1 });
  expect(seen.queue).not.toBe(before.queue);
  expect(seen.live).not.toBe(before.live);
  expect((await readSurroundings(ana, false)).seen.own).toBe(started.value.sessionId);
  expect((await readSurroundings(ben, false)).counts).toMatchObject({ ownOpen: 1, live: 0 });
  await end(ana, { sessionId: started.value.sessionId });
  await agrees();
  expect((await readSurroundings(ana, false)).seen.own).toBeNull();
});

it("says that a session for acting has become one for looking", async () => {
  const started = await standIn(ana, question(s.jane.id, { scope: "write" }));
  if (!started.ok || started.value.kind !== "started") throw new Error("Not started");
  const [own, watched] = [await readPulse(ana, null), await readPulse(max, null)];
  const { sessionId } = started.value;
  expect((await narrow(ana, { sessionId })).ok).toBe(true);
  expect((await readPulse(ana, null)).live).not.toBe(own.live);
  expect((await readPulse(max, null)).live).not.toBe(watched.live);
  await end(ana, { sessionId });
});
