import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { countSearch } from "./count-search.ts";
import { type Found, searchSubjects } from "./search.ts";

/**
 * Counts a search and answers it; who searches too often is refused, and nobody is looked for. Counted and committed
 * first: a search that fails counts too, and nobody waits for another's search to be counted.
 */
export async function countedSearch(ctx: Ctx<StaffActor>, q: string): Promise<Result<Found>> {
  const refusal = await countSearch(ctx, q);
  return refusal ? { ok: false, error: refusal } : ok(await searchSubjects(ctx, { q }));
}
