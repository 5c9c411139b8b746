import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";

/** Whose days the figures are, and up to when entries are counted while the worker is behind; null where it is not. */
export type Counting = { zone: string | null; upTo: Date | null };

const counting = preparedStatement<{ zone: string; upTo: string | null }>(
  "usage_counting",
  `select z.zone, (
     select case when isfinite(after_at) then after_at else '1970-01-01' end from entry_readers
     where name = 'usage' and aim is not null and after_at < clock_timestamp() - interval '10 minutes') as "upTo"
   from usage_zone z`,
);

/** No zone: nothing is counted yet. */
export async function readCounting(ctx: Ctx<Actor>): Promise<Counting> {
  const [row] = await readAtOnce(ctx, counting.part());
  return { zone: row?.zone ?? null, upTo: row?.upTo ? new Date(row.upTo) : null };
}
