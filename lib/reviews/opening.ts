import { randomInt } from "node:crypto";
import { eq, like, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { campaigns, type PopulationCounts } from "#db/schema/reviews.ts";
import { entryRow, writeEntries } from "#lib/audit/record.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { countPopulation } from "./count-population.ts";
import { drawSamples } from "./draw-samples.ts";
import { countOnRecord } from "./on-record.ts";
import { populationColumns, populationQuery } from "./population.ts";
import { freeSlug, periodTitle, slugOf } from "./rules.ts";
import type { PeriodInput } from "./schemas.ts";

export type Opened = { id: string; slug: string; counts: PopulationCounts };

/** Openings come one after the other; whoever cannot have it now waits, or is told no. */
export const openingLock = "hashtextextended('review opening', 0)";

/**
 * Freezes the population of a period, gives each grant its reviewer and draws the samples, all in the caller's
 * transaction, which holds `openingLock`. The schema sets the times once no change of a role is under way.
 */
export async function openReview(
  tx: Transaction,
  ctx: Ctx,
  { firstDay, lastDay }: PeriodInput,
  openedBy: string | null,
): Promise<Opened> {
  const policy = await currentPolicy(tx);
  const wanted = slugOf(firstDay, lastDay);
  const taken = await tx
    .select({ slug: campaigns.slug })
    .from(campaigns)
    .where(like(campaigns.slug, `${wanted}%`));
  const slug = freeSlug(
    wanted,
    taken.map((one) => one.slug),
  );
  const [id, entryId, seed] = [newId(), newId(), randomInt(2 ** 31)];
  const now = sql`clock_timestamp()`;
  await tx.insert(campaigns).values({
    ...{ id, slug, firstDay, lastDay, openedBy, seed, zone: policy.zone },
    ...{ startsAt: now, endsAt: now, throughAt: now, openedAt: now, dueAt: now },
    ...{ query: "", counts: noCounts, policyVersion: policy.version, openedEntryId: entryId },
  });

  const query = populationQuery(await spanOf(tx, id));
  const columns = populationColumns.join(", ");
  await tx.execute(
    sql`insert into review_items (id, campaign_id, ${sql.raw(columns)})
      select gen_random_uuid(), ${id}::uuid, ${sql.raw(columns)} from (${sql.raw(query)}) population`,
  );
  const { counts: counted, sha256 } = await countPopulation(tx, id);
  const counts = { ...counted, onRecord: await countOnRecord(tx, id) };
  await tx.update(campaigns).set({ query, counts }).where(eq(campaigns.id, id));
  const entry = entryRow(ctx, {
    event: "review.opened",
    body: {
      what: `${periodTitle(firstDay, lastDay)}: ${counts.grants} grants of ${counts.people} people to review`,
      campaign_id: id,
      campaign: slug,
      first_day: firstDay,
      last_day: lastDay,
      zone: policy.zone,
      counts,
      population_sha256: sha256,
      seed,
      policy: policy.version,
    },
  });
  await writeEntries(tx, [{ ...entry, id: entryId }]);
  await tx.execute(
    sql`insert into review_assignments (id, item_id, reviewer_id, how, at, entry_id)
      select gen_random_uuid(), i.id, i.reviewer_id, i.reviewer_how, c.opened_at, c.opened_entry_id
        from review_items i join campaigns c on c.id = i.campaign_id where c.id = ${id}::uuid`,
  );
  await drawSamples(tx, id, policy.reviews.sampleShare);
  return { id, slug, counts };
}

export const noCounts: PopulationCounts = {
  ...{ grants: 0, people: 0, deactivated: 0, service: 0, dormant: 0, ended: 0 },
  byRole: {},
};

async function spanOf(tx: Transaction, id: string) {
  const at = (column: string) =>
    sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'`);
  const { rows } = await tx.execute<{ starts: string; through: string; opened: string }>(
    sql`select ${at("starts_at")} as starts, ${at("through_at")} as through, ${at("opened_at")} as opened
      from campaigns where id = ${id}::uuid`,
  );
  const [span] = rows;
  if (!span) throw new Error("The review was not stored");
  return span;
}
