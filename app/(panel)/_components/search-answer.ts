import { countedSearch } from "#lib/directory/counted-search.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { type PersonRow, personRow } from "./person-row.ts";

export type SearchAnswer = {
  /** What was asked: marks are set by it, not by what has been typed since. */
  q: string;
  rows: (PersonRow & { sameName: number; corrected: string | null })[];
  total: number;
  more: boolean;
};

/** The one answer of the search page and of the typeahead. Searching is no entry, but is counted; opening a person is. */
export async function answerSearch(ctx: Ctx<StaffActor>, q: string): Promise<Result<SearchAnswer>> {
  const [found, now] = await Promise.all([countedSearch(ctx, q), serverTime(ctx)]);
  if (!found.ok) return found;
  const { hits, total, more } = found.value;
  const rows = hits.map((hit) => ({
    ...personRow(hit, now, ctx.actor.zone),
    sameName: hit.sameName,
    corrected: hit.corrected,
  }));
  return ok({ q, rows, total, more });
}
