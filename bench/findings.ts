import { sql } from "drizzle-orm";
import { detect } from "#lib/findings/detect.ts";
import { dispose } from "#lib/findings/dispose.ts";
import { evidenceSchema, isMeant } from "#lib/findings/evidence.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Detector } from "#lib/vocabulary.ts";
import type { Bench, BenchCtx, BenchDatabase } from "./bench.ts";
import { type Case, makeDesk } from "./data/desk/desk.ts";
import { loadDesk } from "./data/desk/load.ts";
import { rowsOf } from "./data/desk/rows.ts";
import { traps } from "./data/desk/traps.ts";
import { projects, work } from "./data/desk/work.ts";
import { dayMs, makeWorld } from "./data/desk/world.ts";
import { wrongs } from "./data/desk/wrongs.ts";
import { seeded } from "./data/random.ts";
import { figure } from "./figure.ts";
import { type Found, judging } from "./findings-judged.ts";

/** What thresholds were tried on, and what they are judged by: nobody looked into the latter. */
const seeds = { tried: [20260824, 7, 19], heldOut: [1009, 2027, 4051] };
/** About a day of the desk: what a worker that was down for a day would find. */
const batch = 5000;
/** Simulated days after which a finding is disposed of. */
const disposedAfter = 3;

/** How well unusual access is found in quarters with labelled cases, and how fast the log is read for it. */
export const findings: Bench = {
  name: "findings",
  about:
    "Detectors over three seeded quarters of sixty-five agents with labelled cases and traps, which no threshold was tried on: entries read a second, and how many findings are about a case and how many cases are found.",
  async *run(ctx) {
    const all = await overQuarters(ctx, quartersOf(ctx, seeds.heldOut));
    yield figure("entries read by the detectors", "/s", all.read / all.seconds, {
      target: { atLeast: 20_000 },
    });
    const { overall, byDetector } = judging(all.found, all.cases);
    yield* overall();
    yield* byDetector();
  },
};

/** The same on what they were tried on: how much better that looks says how far they were fitted to it. */
export const findingsTried: Bench = {
  name: "findings-tried",
  about: "The same over the quarters that thresholds were tried on.",
  async *run(ctx) {
    const all = await overQuarters(ctx, quartersOf(ctx, seeds.tried));
    const { overall, byDetector, wrongly } = judging(all.found, all.cases);
    for (const line of wrongly(all.aboutOf)) ctx.say(line);
    yield* overall();
    yield* byDetector();
  },
};

const quartersOf = ({ size }: BenchCtx, list: readonly number[]) =>
  size === "full" ? list : list.slice(-1);

type Judged = {
  read: number;
  seconds: number;
  found: Found[];
  cases: Case[];
  aboutOf: ReadonlyMap<string, string>;
};

async function overQuarters(ctx: BenchCtx, quarters: readonly number[]): Promise<Judged> {
  const aboutOf = new Map<string, string>();
  const all: Judged = { read: 0, seconds: 0, found: [], cases: [], aboutOf };
  for (const seed of quarters) {
    const { read, seconds, found, cases, aboutOf: of } = await overQuarter(ctx, seed);
    for (const [id, about] of of) aboutOf.set(id, about);
    all.read += read;
    all.seconds += seconds;
    all.found.push(...found);
    all.cases.push(...cases);
  }
  return all;
}

async function overQuarter({ size, another, say }: BenchCtx, seed: number): Promise<Judged> {
  const made = await another();
  const random = seeded(seed);
  const desk = makeDesk(makeWorld(random), random);
  // The ordinary work is what takes long, and no misuse is in it.
  if (size !== "smoke") work(desk);
  projects(desk);
  traps(desk);
  wrongs(desk);
  const rows = rowsOf(desk, random);
  say(`${rows.visits.length} sessions, ${rows.entries.length} entries, ${desk.cases.length} cases`);
  const { rows: products } = await made.owner.query<{ id: string }>(
    "select id from products where client_id = 'ledger'",
  );
  await loadDesk(made.ownerUrl, products[0]?.id ?? "", desk, rows);
  const { read, seconds } = await readAll(made);
  const aboutOf = new Map(
    desk.visits.flatMap(({ id, requestId, about }) => [
      [id, about],
      [requestId, about],
    ]),
  );
  return { read, seconds, found: await found(made), cases: desk.cases, aboutOf };
}

async function readAll(made: BenchDatabase) {
  const worker: Ctx = {
    db: made.db,
    actor: { kind: "system", part: "worker" },
    ip: null,
    userAgent: null,
    requestId: newId(),
  };
  const officer = await hireOfficer(made);
  let read = 0;
  let seconds = 0;
  for (;;) {
    const from = performance.now();
    const done = await detect(worker, batch, 1);
    seconds += (performance.now() - from) / 1000;
    if (done.faults.length > 0) throw done.faults[0];
    read += done.read;
    await disposeOld(made, { ...worker, actor: officer });
    if (done.read < batch) return { read, seconds };
  }
}

async function hireOfficer({ owner }: BenchDatabase): Promise<StaffActor> {
  const [id, signInId] = [newId(), newId()];
  const [name, email, team, zone] = ["Mara Okafor", "mara@desk.test", "Compliance", "UTC"] as const;
  await owner.query("insert into staff (id, email, name, team, zone) values ($1, $2, $3, $4, $5)", [
    id,
    email,
    name,
    team,
    zone,
  ]);
  await owner.query(
    "insert into staff_roles (id, staff_id, role) values (gen_random_uuid(), $1, 'compliance')",
    [id],
  );
  await owner.query("insert into staff_sign_ins (id, staff_id) values ($1, $2)", [signInId, id]);
  return {
    kind: "staff",
    id,
    name,
    email,
    roles: ["compliance"],
    team,
    zone,
    signInId,
    authTime: null,
    acr: null,
  };
}

/** As somebody does who looks each day: what goes on after that is another finding. */
async function disposeOld({ db }: BenchDatabase, officer: Ctx<StaffActor>): Promise<void> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select f.id from findings f, entry_readers r where r.name = 'findings' and f.status = 'open'
      and f.first_at < r.after_at - make_interval(secs => ${(disposedAfter * dayMs) / 1000})`);
  for (const { id } of rows) {
    const done = await dispose(officer, {
      findingId: id,
      as: "explained",
      note: "Looked at, as every day.",
    });
    if (!done.ok) throw new Error(done.error.message);
  }
}

async function found({ owner }: BenchDatabase): Promise<Found[]> {
  const { rows } = await owner.query<{ detector: Detector; evidence: unknown }>(
    "select detector, evidence from findings",
  );
  return rows.map(({ detector, evidence }) => ({
    detector,
    ids: evidenceSchema
      .parse(evidence)
      .items.filter((item) => isMeant(detector, item))
      .map(({ id }) => id),
  }));
}
