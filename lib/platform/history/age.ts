import type pg from "pg";
import { restingTriggers } from "#db/resting-triggers.ts";

/** When entries of this transaction are to have been made, by their ids. */
export type PastTimes = Map<string, Date>;

/** Moves entries to where they belong; the caller's transaction is the owner's. */
export const ageEntries = (client: pg.Client, times: PastTimes): Promise<void> =>
  restingTriggers(client, ["audit_entry", "audit_index"], async () => {
    const rows = JSON.stringify([...times].map(([id, at]) => ({ id, at })));
    for (const [table, key] of [
      ["audit_entry", "id"],
      ["audit_index", "entry_id"],
    ])
      await client.query(
        `update ${table} e set occurred_at = t.at
           from json_to_recordset($1::json) as t(id uuid, at timestamptz) where e.${key} = t.id`,
        [rows],
      );
  });

/** Sets times of rows of a table by id; `columns` are its names, and each row's values are by those. */
export const ageRows = (
  client: pg.Client,
  table: string,
  columns: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<void> =>
  restingTriggers(client, table, () => {
    const set = columns.map((column) => `${column} = t.${column}`).join(", ");
    return client.query(
      `update ${table} r set ${set} from json_populate_recordset(null::${table}, $1::json) t where r.id = t.id`,
      [JSON.stringify(rows)],
    );
  });

/** The next moment at which somebody is at work: on a weekday between nine and five of their own zone. */
export function atWork(from: Date, zone: string): Date {
  for (let at = from.getTime(); ; at += 1_700_000) {
    const shown = new Date(at).toLocaleString("en-GB", {
      timeZone: zone,
      weekday: "short",
      hour: "2-digit",
    });
    const hour = Number(/\d+/.exec(shown)?.[0]);
    if (!/^S/.test(shown) && hour >= 9 && hour < 17) return new Date(at);
  }
}
