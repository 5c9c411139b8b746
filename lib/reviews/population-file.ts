import { and, asc, eq, gt, sql } from "drizzle-orm";
import { type Reader, transaction } from "#db/client.ts";
import { type CopyOut, copyingOut } from "#db/copy-out.ts";
import { campaigns, reviewItems } from "#db/schema/reviews.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { csvFile } from "#lib/files/csv.ts";
import { whileLasting } from "#lib/files/while-lasting.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { mayStillTake } from "#lib/staff/access-lasts.ts";
import { countPopulation } from "./count-population.ts";

const batch = 1000;
const utc = (column: typeof reviewItems.grantedAt | typeof reviewItems.endedAt) =>
  sql<string | null>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** In the order in which the population is hashed, then what tells them apart for a reader. */
const fields = {
  number: reviewItems.number,
  grant_id: reviewItems.grantId,
  staff_id: reviewItems.staffId,
  mail: reviewItems.email,
  role: reviewItems.role,
  granted_at: utc(reviewItems.grantedAt),
  granted_by_id: reviewItems.grantedBy,
  ended_at: utc(reviewItems.endedAt),
  item_id: reviewItems.id,
  name: reviewItems.name,
  account_kind: reviewItems.kind,
  employment_status: reviewItems.status,
};

const linesAfter = (db: Reader, slug: string, after: number) =>
  db
    .select(fields)
    .from(reviewItems)
    .innerJoin(campaigns, eq(campaigns.id, reviewItems.campaignId))
    .where(and(eq(campaigns.slug, slug), gt(reviewItems.number, after)))
    .orderBy(asc(reviewItems.number))
    .limit(batch);
type Line = Awaited<ReturnType<typeof linesAfter>>[number];

const columns = (
  [
    ...(["number", "grant_id", "staff_id", "mail", "role", "granted_at", "granted_by_id"] as const),
    ...(["ended_at", "item_id", "name", "account_kind", "employment_status"] as const),
  ] as const
).map((head) => ({ head, of: (line: Line) => line[head] }));

/**
 * Every item of a review's population as CSV, as it was frozen, from one snapshot: the lines whose SHA-256 the entry of the
 * opening holds. That it is taken is on record before its first line, with that hash as it is counted now.
 * @throws where the access of whoever takes it ends meanwhile.
 */
export const populationFile = (
  ctx: Ctx<StaffActor>,
  campaign: { id: string; slug: string },
): AsyncGenerator<string> =>
  whileLasting(copyingOut(ctx.db, linesOf(ctx, campaign), "populations"), () => mayStillTake(ctx));

const linesOf = (ctx: Ctx<StaffActor>, { id, slug }: { id: string; slug: string }) =>
  async function* ({ db }: CopyOut): AsyncGenerator<string> {
    const { counts, sha256 } = await countPopulation(db, id);
    await transaction(ctx.db, (tx) =>
      recordAudit(tx, ctx, {
        event: "population.read",
        body: {
          what: `Downloads the population of the review ${slug}: ${counts.grants} grants`,
          campaign_id: id,
          campaign: slug,
          lines: counts.grants,
          population_sha256: sha256,
        },
      }),
    );
    async function* all(): AsyncGenerator<Line> {
      for (let after = 0; ; ) {
        const page = await linesAfter(db, slug, after);
        yield* page;
        after = page.at(-1)?.number ?? after;
        if (page.length < batch) return;
      }
    }
    yield* csvFile(columns, all());
  };
