import type pg from "pg";
import { restingTriggers } from "#db/resting-triggers.ts";

/** Where verbs of reviews leave their times. */
const columns = [
  ["audit_entry", "occurred_at"],
  ["audit_index", "occurred_at"],
  ["staff_sign_ins", "created_at"],
  ["staff_sign_ins", "last_active_at"],
  ["staff_roles", "granted_at"],
  ["staff_roles", "revoked_at"],
  ["campaigns", "closed_at"],
  ["review_items", "remediated_at"],
  ["review_assignments", "at"],
  ["review_looks", "at"],
  ["review_samples", "opened_at"],
  ["review_decisions", "decided_at"],
  ["review_remediations", "created_at"],
  ["review_remediations", "done_at"],
  ["review_remediations", "verified_at"],
] as const;

type Window = { from: string; until: string; at: Date };
export type PastClock = ReturnType<typeof pastClock>;

/**
 * Verbs run now, one after the other, as they run anywhere; at the end whatever one left a time of is moved to where it
 * is to have been. The transaction is the owner's.
 */
export function pastClock(client: pg.Client) {
  const windows: Window[] = [];
  const now = async (): Promise<string> => {
    const { rows } = await client.query<{ now: string }>("select clock_timestamp()::text as now");
    if (!rows[0]) throw new Error("The database did not tell the time");
    return rows[0].now;
  };

  /** Runs what is to have been done at this moment, and asks at once what a commit would ask. */
  async function at<T>(moment: Date, run: () => Promise<T>): Promise<T> {
    await client.query("set constraints all deferred");
    const from = await now();
    const result = await run();
    await client.query("set constraints all immediate");
    windows.push({ from, until: await now(), at: moment });
    return result;
  }

  /** Moves all that was done since the last time. */
  const settle = async (): Promise<void> => {
    await restingTriggers(client, [...new Set(columns.map(([table]) => table))], async () => {
      for (const [table, column] of columns)
        await client.query(
          `update ${table} t set ${column} = w.at + (t.${column} - w."from")
             from json_to_recordset($1::json) as w("from" timestamptz, until timestamptz, at timestamptz)
             where t.${column} >= w."from" and t.${column} <= w.until`,
          [JSON.stringify(windows)],
        );
    });
    windows.length = 0;
  };

  return { at, settle };
}
