import { countedSearch } from "#lib/directory/counted-search.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import type { Carried } from "../start/link.ts";
import { answerNamed, mayBePasted, type Pasted } from "./answer-named.ts";
import { type PersonRow, personRow } from "./person-row.ts";

type FoundRow = PersonRow & {
  account: PersonRow["account"] & {
    /** Null where the person is another team's. */
    externalId: string | null;
  };
  sameName: number;
  corrected: string | null;
};
export type SearchAnswer = {
  /** What was asked: marks are set by it, not by what has been typed since. */
  q: string;
  rows: FoundRow[];
  total: number;
  more: boolean;
  /** What a pasted address or ticket led to, instead of a search. */
  pasted?: Pick<Pasted, "by" | "carried" | "told">;
};

const nothingPasted = ok(null);

/** The one answer of the search page and of the typeahead. Searching is no entry, but is counted; opening a person is. */
export async function answerSearch(
  ctx: Ctx<StaffActor>,
  q: string,
  along: Carried = {},
): Promise<Result<SearchAnswer>> {
  const named = mayBePasted(q) ? await answerNamed(ctx, q, along) : nothingPasted;
  if (!named.ok) return named;
  const [found, now] = await Promise.all([
    named.value ? null : countedSearch(ctx, q),
    serverTime(ctx),
  ]);
  if (found && !found.ok) return found;
  const people = named.value?.people ?? [];
  const { hits, total, more } = found?.value ?? { hits: people, total: people.length, more: false };
  const rows = hits.map((hit) => {
    const row = personRow(hit, now, ctx.actor.zone);
    const externalId = hit.isKept ? null : hit.account.externalId;
    const { sameName, corrected } = hit;
    return { ...row, account: { ...row.account, externalId }, sameName, corrected };
  });
  return ok({ q, rows, total, more, ...(named.value && { pasted: shown(named.value) }) });
}

const shown = ({ by, carried, told }: Pasted) => ({ by, carried, told });
