import { type GetColumnData, is, type Query, type SQL } from "drizzle-orm";
import { PgColumn, QueryBuilder } from "drizzle-orm/pg-core";
import type { Reader } from "./client.ts";

/*
 * For the few statements that every request of a product makes. Drizzle builds a query's text anew each time, which
 * costs more than the query, and PostgreSQL plans it anew. Here the text is built once in a process, and planned once
 * on each connection, under a name that nothing else may have.
 */

type Columns = Record<string, PgColumn | SQL>;
type Row<C extends Columns> = {
  [Key in keyof C]: C[Key] extends PgColumn
    ? GetColumnData<C[Key]>
    : C[Key] extends SQL<infer Value>
      ? Value
      : never;
};
type Result<Rows> = { execute: Rows; all: unknown; values: unknown };

/**
 * A select of these columns. Gives what runs it, in a transaction or out of one; `sql.placeholder("x")` in it takes
 * the value `x`. Inner joins only. What is no column arrives as the driver gives it: a time as text.
 */
export function preparedSelect<C extends Columns>(
  name: string,
  columns: C,
  build: (builder: QueryBuilder, columns: C) => { toSQL(): Query },
) {
  const fields = Object.entries(columns);
  const read = (rows: unknown[][]) =>
    rows.map(
      (row) =>
        Object.fromEntries(
          fields.map(([key, field], i) => [key, decoded(field, row[i])]),
        ) as Row<C>,
    );
  let query: Query | undefined;
  return (db: Reader, values: Record<string, unknown>): Promise<Row<C>[]> => {
    query ??= build(new QueryBuilder(), columns).toSQL();
    const { session } = db._;
    return session
      .prepareQuery<Result<Row<C>[]>>(query, undefined, name, true, read)
      .execute(values);
  };
}

const decoded = (field: PgColumn | SQL, value: unknown): unknown =>
  value !== null && is(field, PgColumn) ? field.mapFromDriverValue(value) : value;

/** A statement in words of our own: `$1`, `$2`, … take the values in order. Times arrive as text. */
export function preparedStatement<Returned>(name: string, text: string) {
  return async (db: Reader, ...params: unknown[]): Promise<Returned[]> => {
    const query = db._.session.prepareQuery<Result<{ rows: Returned[] }>>(
      { sql: text, params },
      undefined,
      name,
      false,
    );
    return (await query.execute()).rows;
  };
}
