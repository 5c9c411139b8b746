import { expect, test } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { approve, ask } from "#db/testing/steps.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { underReview, valueIn } from "#lib/reviews/testing.ts";
import { type Closed, readCampaign } from "./campaign.ts";
import { readPlots } from "./plots.ts";

const s = await scene();
const w = await underReview(s);
const day = 24 * 3_600_000;
const agents = [s.ana, s.ben];
for (const name of ["cy", "dee"])
  agents.push(await w.person(name, [{ role: "agent", from: "2025-01-01Z" }]));
const eve = await w.person("eve", [{ role: "agent", from: "2025-01-01Z" }]);
const { slug } = valueIn(
  await openCampaign(w.cora, { firstDay: "2026-07-01", lastDay: "2026-09-30" }),
);

/** That review, as if its period were the four weeks up to now. */
async function lately(): Promise<Closed> {
  const campaign = await readCampaign(w.cora, slug);
  if (!campaign) throw new Error("There is no review");
  const now = Date.now();
  const by = { closedBy: w.cora.actor.id, closedEntryId: campaign.openedEntryId };
  const period = { startsAt: new Date(now - 28 * day), throughAt: new Date(now + 60_000) };
  return { ...campaign, ...period, ...by, closedAt: new Date(now + 60_000), statement: "All seen" };
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);

test("each session of the period is counted once, in its week and its hour, and weeks without one stand too", async () => {
  for (const agent of agents) await s.live(agent);
  const { weeks, hours, progress } = await readPlots(w.cora.db, await lately());
  expect(weeks.length).toBeGreaterThanOrEqual(4);
  expect(weeks[0]).toMatchObject({ looking: 0, acting: 0 });
  expect(sum(weeks.map(({ looking, acting }) => looking + acting))).toBe(agents.length);
  expect(sum(hours.map(({ value }) => value))).toBe(agents.length);
  expect(progress.at(-1)?.decided).toBe(0);
});

test("how many accounts each agent touched is shown of a team of five, and of no smaller one", async () => {
  expect((await readPlots(w.cora.db, await lately())).teams).toEqual([]);
  await s.live(eve);
  const { teams } = await readPlots(w.cora.db, await lately());
  expect(teams).toMatchObject([{ people: 5, median: 1, dots: [{ value: 1, people: 5 }] }]);
});

test("votes are counted in the week in which they were given", async () => {
  await s.commit(async (sql) => {
    const request = await ask(sql, s.ana, s.rita);
    await approve(sql, request, s.max);
  });
  const { votes, approvers, medianWait } = await readPlots(w.cora.db, await lately());
  expect(sum(votes.map(({ approved }) => approved))).toBe(1);
  expect(sum(votes.map(({ denied }) => denied))).toBe(0);
  expect(approvers).toBe(1);
  expect(medianWait).toBeGreaterThanOrEqual(0);
});
