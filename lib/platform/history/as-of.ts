import type pg from "pg";
import { restingTriggers } from "#db/resting-triggers.ts";

/** What had not happened yet at a moment: who left after it had not, what was disposed of after it was open. */
const states = [
  {
    table: "staff",
    later: "deactivated_at > $1",
    was: "status = 'active', deactivated_at = null",
    is: "status = n.status, deactivated_at = n.deactivated_at",
  },
  {
    table: "findings",
    later: "disposed_at > $1 and raised_at <= $1",
    was: "status = 'open', disposed_at = null, disposed_by = null, note = null, disposed_entry_id = null",
    is: `status = n.status, disposed_at = n.disposed_at, disposed_by = n.disposed_by, note = n.note,
      disposed_entry_id = n.disposed_entry_id`,
  },
] as const;

/** Runs something as things were at a moment; the transaction is the owner's, so nobody else sees them so. */
export async function asOf<T>(client: pg.Client, moment: Date, run: () => Promise<T>): Promise<T> {
  const resting = (change: () => Promise<unknown>) =>
    restingTriggers(
      client,
      states.map(({ table }) => table),
      change,
    );
  await resting(async () => {
    for (const { table, later, was } of states) {
      await client.query(
        `create temp table ${table}_now as select * from ${table} where ${later.replaceAll("$1", `'${moment.toISOString()}'`)}`,
      );
      await client.query(`update ${table} t set ${was} from ${table}_now n where n.id = t.id`);
    }
  });
  const result = await run();
  await resting(async () => {
    for (const { table, is } of states) {
      await client.query(`update ${table} t set ${is} from ${table}_now n where n.id = t.id`);
      await client.query(`drop table ${table}_now`);
    }
  });
  return result;
}
