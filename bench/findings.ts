import { sql } from "drizzle-orm";
import { detect } from "#lib/findings/detect.ts";
import { dispose } from "#lib/findings/dispose.ts";
import { evidenceSchema } from "#lib/findings/evidence.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { detectors } from "#lib/vocabulary.ts";
import { detectorWords } from "#lib/vocabulary-labels.ts";
import type { Bench, BenchDatabase } from "./bench.ts";
import { type Case, makeDesk } from "./data/desk/desk.ts";
import { loadDesk } from "./data/desk/load.ts";
import { rowsOf } from "./data/desk/rows.ts";
import { traps, work } from "./data/desk/work.ts";
import { dayMs, makeWorld } from "./data/desk/world.ts";
import { wrongs } from "./data/desk/wrongs.ts";
import { seeded } from "./data/random.ts";
import { type Figure, figure } from "./figure.ts";

const seed = 20260824;
/** About a day of the desk: what a worker that was down for a day would find. */
const batch = 5000;
/** Simulated days after which a finding is disposed of. */
const disposedAfter = 3;

/** How well unusual access is found in a quarter with labelled cases, and how fast the log is read for it. */
export const findings: Bench = {
  name: "findings",
  about:
    "Detectors over a seeded quarter of sixty agents with labelled cases and traps: entries read a second, and how many findings are about a case and how many cases are found.",
  async *run({ size, database, say }) {
    const made = await database();
    const random = seeded(seed);
    const desk = makeDesk(makeWorld(random), random);
    // The ordinary work is what takes long, and no case is in it.
    if (size === "full") work(desk);
    traps(desk);
    wrongs(desk);
    const rows = rowsOf(desk, random);
    say(
      `${rows.visits.length} sessions, ${rows.entries.length} entries, ${desk.cases.length} cases`,
    );
    const { rows: products } = await made.owner.query<{ id: string }>(
      "select id from products where client_id = 'ledger'",
    );
    await loadDesk(made.ownerUrl, products[0]?.id ?? "", desk, rows);
    const { read, seconds } = await readAll(made);
    yield figure("entries read by the detectors", "/s", read / seconds, {
      target: { atLeast: 20_000 },
    });
    yield* judged(await found(made), desk.cases);
  },
};

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
  return { kind: "staff", id, name, email, roles: ["compliance"], team, zone, signInId };
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

type Found = { detector: string; ids: string[] };

async function found({ owner }: BenchDatabase): Promise<Found[]> {
  const { rows } = await owner.query<{ detector: string; evidence: unknown }>(
    "select detector, evidence from findings",
  );
  return rows.map(({ detector, evidence }) => ({
    detector,
    ids: evidenceSchema
      .parse(evidence)
      .items.filter(({ explained }) => !explained)
      .map(({ id }) => id),
  }));
}

/** Precision: of the findings, those about a case. Recall: of the cases, those that a finding is about. */
function* judged(all: readonly Found[], cases: readonly Case[]): Iterable<Figure> {
  const caseOf = new Map(cases.flatMap((one) => one.ids.map((id) => [id, one] as const)));
  const isRight = ({ ids }: Found) => ids.some((id) => caseOf.has(id));
  const share = (part: number, of: number) => (of === 0 ? 0 : part / of);
  const foundBy = (list: readonly Found[]) =>
    new Set(list.flatMap(({ ids }) => ids.flatMap((id) => caseOf.get(id) ?? [])));

  const right = all.filter(isRight).length;
  const caught = foundBy(all).size;
  yield figure(
    `precision: ${right} of ${all.length} findings are about a case`,
    "",
    share(right, all.length),
  );
  yield figure(
    `recall: ${caught} of ${cases.length} cases are found`,
    "",
    share(caught, cases.length),
  );
  for (const detector of detectors) {
    const own = all.filter((one) => one.detector === detector);
    const meant = cases.filter(({ kind }) => kind === detector);
    if (own.length === 0 && meant.length === 0) continue;
    const words = detectorWords[detector].toLowerCase();
    const about = own.filter(isRight).length;
    const byOwn = foundBy(own);
    const hit = meant.filter((one) => byOwn.has(one)).length;
    yield figure(
      `precision, ${words}: ${about} of ${own.length} findings`,
      "",
      share(about, own.length),
    );
    yield figure(`recall, ${words}: ${hit} of ${meant.length} cases`, "", share(hit, meant.length));
  }
  const hidden = cases.filter(({ kind }) => kind === "none");
  const any = foundBy(all);
  const seen = hidden.filter((one) => any.has(one)).length;
  yield figure(
    `recall, under a ticket of one's own: ${seen} of ${hidden.length} cases`,
    "",
    share(seen, hidden.length),
  );
}
