import { readAtOnce } from "#db/at-once.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Actor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";

export type Counting = {
  /** Whose days the figures are. */
  zone: string | null;
  /** Up to when entries are counted while the worker is behind; null where it is not. */
  upTo: Date | null;
  /** Which entries are counted: figures of the same state are the same. */
  state: string;
};

/** `roll_up` moves the place of its reader in the transaction in which it counts. */
const counting = preparedStatement<{ zone: string; upTo: string | null; state: string }>(
  "usage_counting",
  `select z.zone, case when r.aim is not null and r.after_at < clock_timestamp() - interval '10 minutes'
       then case when isfinite(r.after_at) then r.after_at else '1970-01-01' end end as "upTo",
     concat_ws(' ', z.zone, z.since, r.since, r.seen, r.after_at, r.after_id) as state
   from usage_zone z left join entry_readers r on r.name = 'usage'`,
);

/** No zone: nothing is counted yet. */
export async function readCounting(ctx: Ctx<Actor>): Promise<Counting> {
  const [row] = await readAtOnce(ctx, counting.part());
  return {
    zone: row?.zone ?? null,
    upTo: row?.upTo ? new Date(row.upTo) : null,
    state: row?.state ?? "",
  };
}
