import { countSearch } from "#lib/directory/count-search.ts";
import { searchSubjects } from "#lib/directory/search.ts";
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
  const often = await countSearch(ctx, q);
  if (often) return { ok: false, error: often };
  const [{ hits, total, more }, now] = await Promise.all([
    searchSubjects(ctx, { q }),
    serverTime(ctx),
  ]);
  const rows = hits.map((hit) => ({
    ...personRow(hit, now, ctx.actor.zone),
    sameName: hit.sameName,
    corrected: hit.corrected,
  }));
  return ok({ q, rows, total, more });
}
