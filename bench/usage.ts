import pg from "pg";
import { connect, type Database, transaction } from "#db/client.ts";
import { entryRow, writeEntries } from "#lib/audit/record.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { rollUp } from "#lib/usage/roll-up.ts";
import type { Bench, BenchCtx } from "./bench.ts";
import { type Asked, dashboard, overEntries } from "./dashboard.ts";
import { lastQuarter, tenMillion, type Use } from "./data/quarters.ts";
import { quartersDatabase } from "./data/quarters-database.ts";
import { figure } from "./figure.ts";
import { median, throughput, timed } from "./measure.ts";

const perTransaction = 10;

/** Small: some 300,000 entries. */
const uses: Record<BenchCtx["size"], Use> = {
  full: tenMillion,
  small: { sessions: 30_000, staff: 500, teams: 10, accounts: 2000 },
  smoke: { sessions: 2000, staff: 200, teams: 4, accounts: 500 },
};

/** The figures of the reviews' dashboard, from the rollups and from the entries, on eight quarters of 5,000 staff. */
export const usage: Bench = {
  name: "usage",
  about:
    "Rollups of 10,000,000 entries: the queries of the dashboard together against the same aggregates over the raw entries of the same quarters, which must give the same; counting all entries from nothing (`rollUp`, in process) against appending entries, ten to a transaction, 8 clients.",
  async *run(ctx) {
    const full = ctx.size === "full";
    const data = await quartersDatabase(uses[ctx.size], ctx.say);
    const { db, pool } = connect(data.runtimeUrl, 4, 120_000);
    try {
      const { rows } = await data.owner.query<{ n: number }>(
        "select count(*) as n from audit_entry",
      );
      const entries = rows[0]?.n ?? 0;
      if (data.filledIn !== null)
        yield figure(
          `${entries.toLocaleString("en-US")} entries by INSERT, with indexes`,
          "s",
          data.filledIn,
        );
      const counted = await countAnew(db, data.owner, entries, ctx);
      const appended = await appendRate(ctx, full ? 40_000 : 400);
      yield figure("entries counted", "/s", counted, { limit: appended, target: { atLeast: 1 } });
      yield* dashboardFigures(ctx, pool, data.owner);
      await explainReading(ctx, data.ownerUrl);
    } finally {
      await pool.end();
      await data.stop();
    }
  },
};

/** Entries a second, from the first to the last. */
async function countAnew(db: Database, owner: pg.Pool, entries: number, { say }: BenchCtx) {
  await owner.query(
    `truncate usage_accounts, usage_approvals, usage_days, usage_hours, usage_pairs, usage_quarters, usage_refusals, usage_totals, usage_zone;
     delete from entry_readers where name = 'usage'`,
  );
  const worker: Ctx = {
    db,
    actor: { kind: "system", part: "worker" },
    ip: null,
    userAgent: null,
    requestId: newId(),
  };
  let counted = 0;
  const took = await timed(async () => {
    for (let some = 1; some > 0; counted += some) some = await rollUp(worker);
  });
  if (counted !== entries) throw new Error(`${counted} of ${entries} entries were counted`);
  await owner.query(
    "vacuum (analyze) usage_days, usage_quarters, usage_accounts, usage_approvals, usage_pairs, usage_totals, usage_hours",
  );
  say(`Counted ${counted} entries in ${Math.round(took / 1000)} s`);
  return (counted * 1000) / took;
}

/** The least that it takes to write entries, on a log that is still empty. */
async function appendRate(ctx: BenchCtx, total: number): Promise<number> {
  const { db } = await ctx.database();
  const system: Ctx = {
    db,
    actor: { kind: "system", part: "worker" },
    ip: null,
    userAgent: null,
    requestId: newId(),
  };
  const transactions = await throughput(8, total / perTransaction, () =>
    transaction(db, (tx) =>
      writeEntries(
        tx,
        Array.from({ length: perTransaction }, () =>
          entryRow(system, {
            event: "action.viewed",
            body: {
              what: "GET /invoices/:x",
              method: "GET",
              route: "/invoices/:x",
              actor: "An agent",
            },
            index: { effect: "view" },
          }),
        ),
      ),
    ),
  );
  return transactions * perTransaction;
}

async function* dashboardFigures(ctx: BenchCtx, pool: pg.Pool, owner: pg.Pool) {
  const zone = (await owner.query<{ zone: string }>("select zone from usage_zone")).rows[0]?.zone;
  const asked = dashboard(lastQuarter);
  const rounds = ctx.size === "full" ? 9 : 2;
  const [ours, raw] = [{ sum: 0 }, { sum: 0 }];
  for (const one of asked) {
    const slow = overEntries(one, zone ?? "UTC");
    const kept = await answer(pool, one);
    let found: unknown;
    const took = await timed(async () => {
      found = await answer(owner, slow);
    });
    if (JSON.stringify(found) !== JSON.stringify(kept))
      throw new Error(`${one.name}: the rollups say something else than the entries`);
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1)
      times.push(await timed(() => answer(pool, one)));
    ours.sum += median(times);
    raw.sum += took;
    yield figure(`dashboard: ${one.name}`, "ms", median(times), { limit: took });
    await ctx.explain(`dashboard-${one.name.replaceAll(" ", "-")}`, pool, one.text, one.values);
  }
  yield figure("dashboard: all of it", "ms", ours.sum, {
    limit: raw.sum,
    target: { atMost: 0.01 },
  });
}

/** How `read_entries` goes on from a place, with the settings that it has. */
async function explainReading(ctx: BenchCtx, ownerUrl: string): Promise<void> {
  const settings = ["enable_seqscan", "enable_bitmapscan", "enable_sort", "jit"];
  const options = settings.map((name) => `-c ${name}=off`).join(" ");
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, options });
  try {
    await ctx.explain(
      "read-entries",
      pool,
      `select * from audit_entry where (occurred_at, id) > ('2026-01-15', '00000000-0000-0000-0000-000000000000')
  and xact::bigint >= 0 and xact::bigint < 100000 order by occurred_at, id limit 20000`,
    );
  } finally {
    await pool.end();
  }
}

async function answer(sql: pg.Pool, { text, values }: Asked): Promise<unknown> {
  const { rows } = await sql.query(`select (${text}) as found`, values);
  return rows[0]?.found;
}
