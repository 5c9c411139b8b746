import { urlFor } from "#db/embedded/roles.ts";
import { newId } from "#lib/kernel/ids.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { quarterFrom } from "#lib/usage/period.ts";
import type { Bench, BenchDatabase } from "./bench.ts";
import { fillQuarters, lastQuarter } from "./data/quarters.ts";
import { compared, figure } from "./figure.ts";
import { interleaved, timed } from "./measure.ts";
import { ctxOf } from "./people.ts";

const sizes = {
  full: { staff: 5000, sessions: 100_000, teams: 100, accounts: 2000, rounds: 7 },
  smoke: { staff: 200, sessions: 1000, teams: 10, accounts: 100, rounds: 1 },
};

const tables = ["review_items", "review_assignments", "review_samples"] as const;

/**
 * Opening a review: population, use, reviewers, assignments, samples, hash and entry, with every guard of the schema. The
 * limit is `INSERT … SELECT` of the rows that came of it into tables with the same columns, keys, checks and indexes,
 * in one transaction: nothing is looked up for it.
 */
export const reviews: Bench = {
  name: "reviews",
  about:
    "Opening a review over 5,000 staff and 100,000 sessions in eight quarters (the verb `openCampaign`, in process) against the bare `INSERT … SELECT` of the rows that it writes.",
  async *run(ctx) {
    const database = await ctx.database();
    const { rounds, ...size } = sizes[ctx.size === "full" ? "full" : "smoke"];
    const { adminUrl } = await ctx.server();
    const name = new URL(database.ownerUrl).pathname.slice(1);
    await fillQuarters(urlFor(adminUrl, name), size);
    const { owner } = database;
    await owner.query("analyze");
    const opener = ctxOf(database, await compliance(database));
    const { firstDay, lastDay } = quarterFrom(lastQuarter);
    const open = async () => {
      const result = await openCampaign(opener, { firstDay, lastDay });
      if (!result.ok) throw new Error(`The review did not open: ${result.error.message}`);
      return result.value;
    };
    const first = await open();
    for (const table of tables) await likeIt(owner, table);
    const { ours, bare } = await interleaved(rounds, {
      ours: () => timed(open),
      bare: () => insertBare(database, first.id),
    });
    yield compared(`opening a review of ${first.counts.grants} grants`, "ms", ours, bare, {
      atMost: 3,
    });
    const { rows } = await owner.query(
      "select count(*) as n from review_samples x join review_items i on i.id = x.item_id where i.campaign_id = $1",
      [first.id],
    );
    yield figure("sessions drawn into its samples", "", Number(rows[0]?.n));
  },
};

type Pool = BenchDatabase["owner"];

/** The same table beside it, with what its own inserts are checked for but the triggers. */
async function likeIt(owner: Pool, table: string): Promise<void> {
  await owner.query(`create table bare_${table} (like ${table} including all)`);
  const { rows } = await owner.query<{ definition: string }>(
    "select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = $1::regclass and contype = 'f'",
    [table],
  );
  for (const { definition } of rows)
    await owner.query(
      `alter table bare_${table} add ${definition.replace(" review_items(", " bare_review_items(")}`,
    );
}

async function insertBare({ owner }: BenchDatabase, campaignId: string): Promise<number> {
  const item = "i.campaign_id = $1";
  const client = await owner.connect();
  try {
    const took = await timed(async () => {
      await client.query("begin");
      await client.query(
        `insert into bare_review_items select * from review_items i where ${item}`,
        [campaignId],
      );
      for (const table of tables.slice(1))
        await client.query(
          `insert into bare_${table} select t.* from ${table} t join review_items i on i.id = t.item_id where ${item}`,
          [campaignId],
        );
      await client.query("commit");
    });
    await client.query(`truncate ${tables.map((table) => `bare_${table}`).join(", ")}`);
    return took;
  } finally {
    client.release();
  }
}

async function compliance({ owner }: BenchDatabase) {
  const { rows } = await owner.query<{ id: string; name: string }>(
    `select s.id, s.name from staff s join staff_roles r on r.staff_id = s.id
     where r.role = 'compliance' and r.revoked_at is null and s.status = 'active' order by s.id limit 1`,
  );
  const [row] = rows;
  if (!row) throw new Error("Nobody is of compliance");
  const signInId = newId();
  await owner.query("insert into staff_sign_ins (id, staff_id) values ($1, $2)", [
    signInId,
    row.id,
  ]);
  const rest = { email: "", team: "", zone: "UTC", signInId, authTime: null, acr: null };
  return { kind: "staff" as const, ...row, ...rest, roles: ["compliance" as const] };
}
