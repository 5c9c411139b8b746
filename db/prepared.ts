import {
  type GetColumnData,
  getTableColumns,
  getTableName,
  is,
  type Query,
  type SQL,
} from "drizzle-orm";
import { PgColumn, type PgTable, QueryBuilder } from "drizzle-orm/pg-core";
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

/** Inserts one row of these columns and gives `returning` of it, as the driver gives it. */
export function preparedInsert<
  T extends PgTable,
  K extends keyof T["$inferInsert"] & string,
  R extends Record<string, PgColumn>,
>(name: string, table: T, keys: readonly K[], returning: R) {
  const all = getTableColumns(table);
  const columns = keys.map((key) => {
    const column = all[key];
    if (!column) throw new Error(`There is no column ${key}`);
    return column;
  });
  const given = Object.entries<PgColumn>(returning).map(
    ([key, { name: of }]) => `"${of}" as "${key}"`,
  );
  const statement = preparedStatement<Row<R>>(
    name,
    `insert into "${getTableName(table)}" (${columns.map((column) => `"${column.name}"`).join(", ")})
      values (${columns.map((_, i) => `$${i + 1}`).join(", ")}) returning ${given.join(", ")}`,
  );
  return (db: Reader, row: Pick<T["$inferInsert"], K>): Promise<Row<R>[]> =>
    statement(
      db,
      ...keys.map((key, i) => {
        const value: unknown = row[key];
        return value === null || value === undefined ? null : columns[i]?.mapToDriverValue(value);
      }),
    );
}
