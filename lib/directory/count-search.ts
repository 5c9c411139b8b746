import { z } from "zod";
import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { refuseOften } from "#lib/limits/limited.ts";
import { limits } from "#lib/limits/limits.ts";

/** As long as somebody may think between two keys and still be at the same search. Seconds. */
const pause = 15;
/** More answers than most names have letters are no longer one search: each shows up to 20 people. */
const mostAnswers = 16;
const answer = z.object({ retry_ms: z.coerce.number() });

const count = preparedStatement(
  "count_search",
  "select retry_ms from count_search($1, $2, make_interval(secs => $3), $4, $5, make_interval(secs => $6), $7)",
);

/**
 * Counts a search of this person: what is typed letter by letter, or taken back, is one search, and so is the same text
 * again. A reading of a list page by page counts by page. Null when it may be answered.
 */
export async function countSearch(ctx: Ctx<StaffActor>, typed: string): Promise<Refusal | null> {
  // No database takes NUL or half a surrogate.
  const text = typed.toWellFormed().replaceAll("\0", "").trim().toLowerCase();
  if (text === "") return null;
  const often = limits.search_of_person;
  const daily = limits.search_of_person_by_day.most;
  const given = [ctx.actor.id, text, pause, mostAnswers, often.most, often.seconds, daily];
  const [row] = await count(ctx.db, ...given);
  const { retry_ms: retryMs } = answer.parse(row);
  return retryMs === 0 ? null : refuseOften(ctx, "search_of_person", retryMs);
}

/** A page of an account's users as a search of its own: no text that somebody types is like it. */
export const countPage = (
  ctx: Ctx<StaffActor>,
  accountId: string,
  place: string,
): Promise<Refusal | null> => countSearch(ctx, `\u001f${accountId} ${place}\u001f`);
