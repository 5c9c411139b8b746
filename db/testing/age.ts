import type pg from "pg";
import { restingTriggers } from "#db/resting-triggers.ts";
import { inTransaction } from "./scene.ts";
import type { Sql } from "./sql.ts";

/** Moves a session into the past by an interval such as "9 minutes", with its actions, codes and tokens. */
export const ageSession = (owner: pg.Pool, id: string, by: string): Promise<void> =>
  inTransaction(owner, async (sql) => {
    const of = "session_id = $1";
    await shift(
      sql,
      "sessions",
      ["started_at", "expires_at", "last_active_at", "ended_at"],
      "id = $1",
      id,
      by,
    );
    await shift(sql, "tokens", ["issued_at", "retired_at"], of, id, by);
    await shift(
      sql,
      "authorization_codes",
      ["created_at", "expires_at", "consumed_at"],
      of,
      id,
      by,
    );
    await shift(sql, "actions", ["happened_at", "done_at"], of, id, by);
  });

/** Moves a request into the past, with its votes. */
export const ageRequest = (owner: pg.Pool, id: string, by: string): Promise<void> =>
  inTransaction(owner, async (sql) => {
    const times = ["created_at", "lapses_at", "granted_at", "start_by", "closed_at"];
    await shift(sql, "requests", times, "id = $1", id, by);
    await shift(sql, "approvals", ["created_at"], "request_id = $1", id, by);
    await shift(sql, "request_rings", ["next_at"], "request_id = $1", id, by);
    await shift(
      sql,
      "request_asks",
      ["asked_at", "opened_at", "reminded_at"],
      "request_id = $1",
      id,
      by,
    );
  });

/** Moves somebody's absence into the past, so that its last day may be over. */
export const ageDelegation = (owner: pg.Pool, fromId: string, by: string): Promise<void> =>
  inTransaction(owner, (sql) =>
    shift(sql, "delegations", ["given_at", "starts_at", "ends_at"], "from_id = $1", fromId, by),
  );

/** Moves the day by which a break-glass is to be looked at. */
export const ageReviewDue = (owner: pg.Pool, sessionId: string, by: string): Promise<void> =>
  inTransaction(owner, (sql) =>
    shift(sql, "session_reviews_due", ["since", "due_at"], "session_id = $1", sessionId, by),
  );

/** Moves what was counted into a minute of the past, one for both where the minute turned while a test counted. */
export async function ageCounted(owner: Sql): Promise<void> {
  const { rows } = await owner.query(
    `with counted as (delete from counted_refusals returning *)
     insert into counted_refusals (id, event, source, code, actor_id, minute, count)
       select gen_random_uuid(), event, source, code, actor_id, min(minute) - interval '1 hour', sum(count)
       from counted group by event, source, code, actor_id
     returning (select max(n) from (select count(*) as n from counted group by event, source, code, actor_id) c) as minutes`,
  );
  if (rows.some(({ minutes }) => minutes > 2)) throw new Error("A minute was counted in two");
}

async function shift(
  sql: Sql,
  table: string,
  columns: string[],
  where: string,
  id: string,
  by: string,
) {
  const set = columns.map((column) => `${column} = ${column} - $2::interval`);
  await restingTriggers(sql, table, () =>
    sql.query(`update ${table} set ${set.join(", ")} where ${where}`, [id, by]),
  );
}
