import type { PoolClient } from "pg";

/** All rows in one statement. `into` and `shape` are ours, never input. */
export async function insert(
  client: PoolClient,
  into: string,
  shape: string,
  rows: readonly unknown[],
) {
  const columns = into.slice(into.indexOf("(") + 1, -1);
  await client.query(
    `INSERT INTO ${into} SELECT ${columns} FROM json_to_recordset($1::json) AS rows (${shape})`,
    [JSON.stringify(rows)],
  );
}
