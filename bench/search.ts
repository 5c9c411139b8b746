import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { connect } from "#db/client.ts";
import { withClient } from "#db/embedded/roles.ts";
import { type Answer, type Asker, askerOf } from "./asker.ts";
import type { Bench } from "./bench.ts";
import { directoryDatabase } from "./data/database.ts";
import { million } from "./data/directory.ts";
import { busyAgent, meetPeople } from "./data/met.ts";
import { figure } from "./figure.ts";
import { median, quantile, timed } from "./measure.ts";
import { type Kind, kinds, type Sample, sampled } from "./queries.ts";
import { duringPush } from "./search-load.ts";

/** The p95 as a multiple of the median round trip; what has no number is only held against ILIKE. */
const atMost: Partial<Record<Kind, number>> = {
  "exact e-mail": 12,
  "product id": 12,
  surname: 12,
  "two letters": 12,
  "name's beginning": 60,
  "part of an e-mail": 60,
  "first and last name": 60,
  typo: 150,
};
const seed = 7;
const slowSamples = 3;

/** What one would write without any of it; of the query's words, as `searchSubjects` takes them. */
const ilike = (words: number) => `select s.id from subjects s join accounts a on a.id = s.account_id
  where ${Array.from({ length: words }, (_, i) => `(s.name ilike $${i + 1} or s.email ilike $${i + 1} or s.external_id ilike $${i + 1} or a.name ilike $${i + 1})`).join(" and ")}
  order by s.last_seen_at desc nulls last limit 20`;
const trigrams = `select id from subjects where search like '%' || $1::text || '%' limit 500`;

/**
 * `searchSubjects` as the panel calls it, through Drizzle and with all columns of a row, on one connection. Every query
 * is asked once only, after 50 others of its kind: caches are warm of the directory, not of the query.
 */
export const search: Bench = {
  name: "search",
  about: `The search (\`searchSubjects\`, in process) among 1,000,000 people: p95 over different queries, each drawn from the data (seed ${seed}) and asked once, against the median round trip of a prepared "select 1" asked by turns with them; and against ILIKE with a join.`,
  async *run(ctx) {
    const full = ctx.size === "full";
    const sizes = full ? million : { ...million, users: 2000, accounts: 100 };
    const data = await directoryDatabase(sizes, ctx.say);
    const { db, pool } = connect(data.runtimeUrl, 1);
    try {
      if (data.filledIn !== null)
        yield figure(
          `${sizes.users.toLocaleString("en-US")} people by COPY, with indexes`,
          "s",
          data.filledIn,
          {
            target: { atMost: 120 },
          },
        );
      await meetPeople(data.superuserUrl);
      const asker = askerOf(db);
      for (const kind of kinds) {
        const samples = await sampled(data.owner, kind, full ? 250 : 20, seed);
        const { took, roundTrips, bare, found } = await measured(asker, pool, kind, samples);
        const p95 = quantile(took, 0.95);
        if (kind === "7-letter substring")
          yield figure(`search: ${kind}, p95 of ${took.length}`, "ms", p95, {
            limit: quantile(bare, 0.95),
            target: { atMost: 1.5 },
          });
        else
          yield figure(`search: ${kind}, p95 of ${took.length}`, "ms", p95, {
            limit: median(roundTrips),
            ...(atMost[kind] && { target: { atMost: atMost[kind] } }),
          });
        if (kind === "typo")
          yield figure(
            "search: typo, recall among 20",
            "",
            await recall(asker, samples.slice(-found.length), found),
            { target: { atLeast: 0.95 } },
          );
        const slow: number[] = [];
        for (const { q } of samples.slice(0, slowSamples)) {
          const words = q.split(/\s+/).map((word) => `%${word.replaceAll(/[\\%_]/g, "\\$&")}%`);
          slow.push(await timed(() => data.owner.query(ilike(words.length), words)));
        }
        yield figure(
          `search: ${kind}, median times faster than ILIKE with a join`,
          "×",
          median(slow) / median(took),
          {
            target: { atLeast: 100 },
          },
        );
        const [sample] = samples;
        if (sample) await explained(data.superuserUrl, kind, sample.q);
      }
      const surnames = await sampled(data.owner, "surname", full ? 250 : 20, seed);
      yield* await duringPush(data, surnames, full ? 100_000 : 500);
    } finally {
      await pool.end();
      await data.stop();
    }
  },
};

/** A search, a round trip and (for substrings) the bare index, by turns; the first 50 warm up and are not counted. */
async function measured(ask: Asker, pool: pg.Pool, kind: Kind, samples: Sample[]) {
  const [took, roundTrips, bare]: [number[], number[], number[]] = [[], [], []];
  const found: Answer[] = [];
  const warmUp = Math.min(50, Math.floor(samples.length / 5));
  for (const [index, { q }] of samples.entries()) {
    let answer: Answer | undefined;
    const folded = await pool.query<{ q: string }>("select fold($1) as q", [q]);
    // By turns who goes first: the second one finds the pages in memory.
    const bareQuery = async () => {
      const time = await timed(() =>
        pool.query({ name: "bare", text: trigrams, values: [folded.rows[0]?.q] }),
      );
      if (index >= warmUp) bare.push(time);
    };
    const bareFirst = index % 2 === 0;
    if (kind === "7-letter substring" && bareFirst) await bareQuery();
    const time = await timed(async () => {
      answer = await ask(q);
    });
    if (kind === "7-letter substring" && !bareFirst) await bareQuery();
    const roundTrip = await timed(() => pool.query({ name: "one", text: "select 1" }));
    if (index < warmUp || !answer) continue;
    took.push(time);
    roundTrips.push(roundTrip);
    found.push(answer);
  }
  return { took, roundTrips, bare, found };
}

/**
 * The share of slips that lead to the very person; where the name typed right does not show that one among 20 either,
 * since too many have it, to one who is called so.
 */
async function recall(ask: Asker, samples: Sample[], found: Answer[]): Promise<number> {
  let hits = 0;
  for (const [index, { person }] of samples.entries()) {
    const shown = found[index]?.hits ?? [];
    if (shown.some((hit) => hit.subjectId === person.id)) hits += 1;
    else if (shown.some((hit) => hit.name === person.name)) {
      const right = await ask(person.name);
      if (!right.hits.some((hit) => hit.subjectId === person.id)) hits += 1;
    }
  }
  return hits / samples.length;
}

/** The plan of every statement inside of `search_people`, as the server tells it while it runs. */
async function explained(superuserUrl: string, kind: Kind, q: string): Promise<void> {
  const plans: string[] = [];
  const call = "select * from search_people($1, 20, $2, $3)";
  const given = [q, busyAgent.id, busyAgent.team];
  await withClient(superuserUrl, async (client) => {
    await client.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_analyze = on;
      set auto_explain.log_buffers = on; set auto_explain.log_nested_statements = on`);
    for (let warm = 0; warm < 3; warm += 1) await client.query(call, given);
    client.on("notice", ({ message }) => message && plans.push(message));
    await client.query("set client_min_messages = log");
    await client.query(call, given);
  });
  const folder = join(import.meta.dirname, "explain");
  await mkdir(folder, { recursive: true });
  const name = `search-${kind.replaceAll(/[^a-z0-9]+/g, "-")}.txt`;
  const whole = plans.filter((plan) => plan.includes("Buffers:"));
  await writeFile(
    join(folder, name),
    `search_people('${q}', 20), the third time it is asked\n\n${whole.join("\n\n")}\n`,
  );
}
