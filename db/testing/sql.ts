import type pg from "pg";

/** A connection or a pool: what the fixtures write through, by plain SQL and without the domain. */
export type Sql = Pick<pg.ClientBase, "query">;

export type Row = Record<string, unknown>;

/** Inserts one row as given: names of columns, values as the driver takes them. */
export async function insert(sql: Sql, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_, i) => `$${i + 1}`);
  await sql.query(
    `insert into ${table} (${columns.join(", ")}) values (${places.join(", ")})`,
    Object.values(row),
  );
}

/** Updates the row with this id. */
export async function update(sql: Sql, table: string, id: string, row: Row): Promise<void> {
  const sets = Object.keys(row).map((column, i) => `${column} = $${i + 2}`);
  await sql.query(`update ${table} set ${sets.join(", ")} where id = $1`, [
    id,
    ...Object.values(row),
  ]);
}
