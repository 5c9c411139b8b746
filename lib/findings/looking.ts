import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Detector } from "#lib/vocabulary.ts";

/** What a detector could not look at yet, because of a fault. */
export type MissedView = { detector: Detector; things: number; since: Date };
export type Looking = {
  /** Where looking begins, where that is not the beginning of the log. */
  begins: Date | null;
  missed: MissedView[];
};

type Row = {
  begins: string | null;
  missed: { detector: Detector; things: number; since: string }[];
};

const select = preparedStatement<Row>(
  "findings_looking",
  `select (select since::text from findings_begin where since > '-infinity') as begins,
     coalesce((select json_agg(m order by m.since, m.detector) from (
       select detector, min(missed_at) as since, sum((select sum(jsonb_array_length(value)) from jsonb_each(read)))::integer as things
       from findings_missed where settled_at is null group by 1) m), '[]') as missed`,
);

/** Whether everything was looked at: said on the page, so that an empty queue can be believed. */
export async function readLooking({ db }: Ctx<StaffActor>): Promise<Looking> {
  const [row] = await select(db);
  if (!row) throw new Error("A select of two values has a row");
  return {
    begins: row.begins === null ? null : new Date(row.begins),
    missed: row.missed.map((one) => ({ ...one, since: new Date(one.since) })),
  };
}
