import { beforeAll, expect, it } from "vitest";
import { addAccount, addSubject, type Subject } from "#db/testing/people.ts";
import { atRest } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { approve, ask } from "#db/testing/steps.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import { detect } from "./detect.ts";
import { detectorRules } from "./detector-rules.ts";
import type { DetectorRule } from "./facts.ts";
import { readLooking } from "./looking.ts";
import { atAllHours, findingsBy, visit } from "./testing.ts";

/* A fault in one detector is that detector's alone, and what it missed is looked at in the end. */

const s = await scene();
const { ana, ben, max, worker } = await atWork(s);

beforeAll(async () => {
  await atAllHours(s, { sameSubject: 2, accountsInAnHour: 1000, dormantDays: 1000 });
});

const rest = () => atRest((query) => s.owner.query(query));

const customer = async (more = {}): Promise<Subject> =>
  addSubject(s.owner, s.product, await addAccount(s.owner, s.product, "standard"), more);

/** The rules, of which one is changed. */
const withRule = (name: string, change: (rule: DetectorRule) => Partial<DetectorRule>) =>
  detectorRules.map((rule) => (rule.name === name ? { ...rule, ...change(rule) } : rule));

const missed = async () => {
  const { rows } = await s.owner.query<{ detector: string; tries: number; settled: boolean }>(
    "select detector, tries, settled_at is not null as settled from findings_missed order by missed_at, id",
  );
  return rows;
};
const looking = async () => (await readLooking(max)).missed;
const dueNow = () =>
  s.owner.query(
    "update findings_missed set next_try_at = clock_timestamp() where settled_at is null",
  );

const bySubject = async () =>
  (await findingsBy(s, "same_subject")).map(({ subjectId }) => subjectId);

it("keeps a fault of one detector from the others, and looks again", async () => {
  const of = await customer();
  for (const ago of ["2 days", "1 day"]) await visit(s, ana, of, ago);
  const broken = withRule("same_subject", () => ({
    find: () => {
      throw new Error("A detector that cannot count");
    },
  }));
  await rest();
  const done = await detect(worker, 1000, 1, broken);
  expect(done.read).toBeGreaterThan(0);
  expect(done.faults).toContainEqual(new Error("A detector that cannot count"));
  expect(await bySubject()).toEqual([]);
  expect(await looking()).toMatchObject([{ detector: "same_subject", things: 2 }]);

  await dueNow();
  const mended = await detect(worker);
  expect(mended).toMatchObject({ read: 0, faults: [] });
  expect(mended.findings).toBeGreaterThan(0);
  expect(await bySubject()).toEqual([of.id]);
  expect(await looking()).toEqual([]);
  await detect(worker);
  expect(await findingsBy(s, "same_subject")).toHaveLength(1);
});

it("looks at all but the one thing that cannot be looked at, however much was read at once", async () => {
  const [bad, ...good] = [await customer(), await customer(), await customer(), await customer()];
  for (const of of [bad, ...good])
    for (const ago of ["3 days", "2 days"]) await visit(s, ben, of ?? s.jane, ago);
  // The database refuses it: no text holds this character.
  const broken = withRule("same_subject", ({ words }) => ({
    words: (evidence, zone) =>
      evidence.items.some(({ subjectId }) => subjectId === bad?.id)
        ? "\u0000"
        : words(evidence, zone),
  }));
  const before = (await bySubject()).length;
  await rest();
  await detect(worker, 1000, 1, broken);
  for (let round = 0; round < 3; round += 1) await detect(worker, 1000, 1, broken);
  expect((await bySubject()).slice(before).toSorted()).toEqual(good.map(({ id }) => id).toSorted());
  // The session that makes the pattern, by itself: tried again, ever later.
  expect(await looking()).toMatchObject([{ detector: "same_subject", things: 1 }]);
  await dueNow();
  await detect(worker, 1000, 1, broken);
  expect((await missed()).filter(({ settled, tries }) => !settled && tries > 1)).toHaveLength(1);

  await dueNow();
  await detect(worker);
  expect(await bySubject()).toContain(bad?.id);
  expect(await looking()).toEqual([]);
});

it("is tried again by one worker at a time", async () => {
  const of = await customer();
  for (const ago of ["2 days", "1 day"]) await visit(s, ana, of, ago);
  const before = (await findingsBy(s, "same_subject")).length;
  const broken = withRule("same_subject", () => ({
    find: () => {
      throw new Error("A detector that cannot count");
    },
  }));
  await rest();
  await detect(worker, 1000, 1, broken);
  for (let round = 0; round < 5; round += 1) {
    await dueNow();
    const workers = await Promise.all([detect(worker), detect(worker), detect(worker)]);
    expect(workers.flatMap(({ faults }) => faults)).toEqual([]);
  }
  expect(await looking()).toEqual([]);
  expect(await findingsBy(s, "same_subject")).toHaveLength(before + 1);
});

it("keeps what is asked of the database for one detector from the others", async () => {
  const { rows } = await s.runtime.query<{ name: string }>("select current_user as name");
  const change = (what: string) => s.owner.query(`${what} ${rows[0]?.name}`);
  const [of, sensitive] = [await customer(), await customer({ is_owner: true })];
  for (const ago of ["2 days", "1 day"]) await visit(s, ben, of, ago);
  await s.commit(async (sql) => approve(sql, await ask(sql, s.ana, sensitive), s.max));
  await change("revoke select on approvals from");
  await rest();
  expect((await detect(worker)).faults).not.toEqual([]);
  // Nothing was loaded for any of them; each by itself sees what it needs.
  expect(await bySubject()).toContain(of.id);
  expect(await looking()).toMatchObject([
    { detector: "same_pair", things: 1 },
    { detector: "quick_approval", things: 1 },
  ]);
  await change("grant select on approvals to");
  await dueNow();
  expect((await detect(worker)).faults).toEqual([]);
  expect(await looking()).toEqual([]);
});
