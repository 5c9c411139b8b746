import type { Sql } from "./sql.ts";

/** Keeps a bucket of permits empty for five minutes more: nothing runs in between two steps of a test. */
export const keepEmpty = (owner: Sql, key: string) =>
  owner.query(
    "update rate_limits set full_at = greatest(full_at, clock_timestamp()) + interval '5 minutes' where key = $1",
    [key],
  );
