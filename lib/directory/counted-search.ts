import { sql } from "drizzle-orm";
import { type Part, readAtOnce, shifted } from "#db/at-once.ts";
import { preparedSelect } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { countingSql, countingValues, refusedOften } from "./count-search.ts";
import { type Found, foundIn, hitColumns, mostShown, searchedText, selectHits } from "./search.ts";

/**
 * Counts a search (`countSearch`) and answers it in one statement: who searches too often is refused, and nobody is
 * looked for.
 */
export async function countedSearch(ctx: Ctx<StaffActor>, q: string): Promise<Result<Found>> {
  const counting = countingValues(ctx, q);
  if (!counting) return ok({ hits: [], total: 0, more: false });
  const { retryMs, found } = await readAtOnce(ctx, countedPart(searchedText(q), counting));
  const refusal = await refusedOften(ctx, retryMs);
  return refusal ? { ok: false, error: refusal } : ok(found);
}

const hitsIfCounted = preparedSelect("hits_if_counted", hitColumns, (builder, columns) =>
  selectHits(
    builder,
    columns,
    sql`case when counted.retry_ms = 0 then ${sql.placeholder("typed")} else '' end`,
  ),
);

function countedPart(typed: string, counting: unknown[]): Part<{ retryMs: number; found: Found }> {
  const hits = hitsIfCounted.part({ typed, limit: mostShown });
  return {
    name: "counted_search",
    text: () => `select json_build_array(counted.retry_ms, (${hits.text()}))
      from (${shifted(countingSql, hits.params.length)}) as counted`,
    params: [...hits.params, ...counting],
    read: (answer) => {
      const [retryMs, found] = answer as [number, unknown];
      return { retryMs, found: foundIn(hits.read(found)) };
    },
  };
}
