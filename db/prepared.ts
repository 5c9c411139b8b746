import {
  fillPlaceholders,
  type GetColumnData,
  getTableColumns,
  getTableName,
  is,
  type Query,
  type SQL,
} from "drizzle-orm";
import { PgColumn, type PgTable, QueryBuilder } from "drizzle-orm/pg-core";
import { jsonOfObjects, jsonOfRows, type Part } from "./at-once.ts";
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
  const fields = Object.entries(columns).map(([key, field]) => ({ key, decode: decoderOf(field) }));
  const read = (rows: unknown[][]) =>
    rows.map((row) => {
      const decoded: Record<string, unknown> = {};
      for (let i = 0; i < fields.length; i++) {
        const field = fields[i];
        if (field) decoded[field.key] = field.decode ? field.decode(row[i]) : row[i];
      }
      return decoded as Row<C>;
    });
  let built: Query | undefined;
  const query = () => {
    built ??= build(new QueryBuilder(), columns).toSQL();
    return built;
  };
  const run = (db: Reader, values: Record<string, unknown>): Promise<Row<C>[]> =>
    db._.session
      .prepareQuery<Result<Row<C>[]>>(query(), undefined, name, true, read)
      .execute(values);
  /** The same for `readAtOnce`. */
  const part = (values: Record<string, unknown>): Part<Row<C>[]> => ({
    name,
    text: () => jsonOfRows(query().sql, fields.length),
    params: fillPlaceholders(query().params, values),
    read: (found) => read(found as unknown[][]),
  });
  return Object.assign(run, { part });
}

/**
 * Found once for each column: to ask Drizzle what a field is costs as much as to read a row. Null: as the driver gives it,
 * which is so for all columns but those of times and the like.
 */
function decoderOf(field: PgColumn | SQL): ((value: unknown) => unknown) | null {
  if (!is(field, PgColumn) || field.mapFromDriverValue === PgColumn.prototype.mapFromDriverValue)
    return null;
  return (value) => (value === null ? null : field.mapFromDriverValue(value));
}

/**
 * A query of Drizzle's own, outer joins and all, with its text built once over each pool: `build` ends in `.prepare(name)`.
 */
export function builtOnce<Built>(build: (db: Reader) => Built): (db: Reader) => Built {
  const known = new WeakMap<Reader, Built>();
  return (db) => {
    const built = known.get(db) ?? build(db);
    known.set(db, built);
    return built;
  };
}

/** A statement in words of our own: `$1`, `$2`, … take the values in order. Times arrive as text. */
export function preparedStatement<Returned>(name: string, text: string) {
  const run = async (db: Reader, ...params: unknown[]): Promise<Returned[]> => {
    const query = db._.session.prepareQuery<Result<{ rows: Returned[] }>>(
      { sql: text, params },
      undefined,
      name,
      false,
    );
    return (await query.execute()).rows;
  };
  /** The same for `readAtOnce`. */
  const part = (...params: unknown[]): Part<Returned[]> => ({
    name,
    text: () => jsonOfObjects(text),
    params,
    read: (found) => found as Returned[],
  });
  return Object.assign(run, { part });
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
