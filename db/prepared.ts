import { Column, is, type Query, type SQL } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import type { Reader } from "./client.ts";

/*
 * For the few statements that every request of a product makes. Drizzle builds a query's text anew each time, which
 * costs more than the query, and PostgreSQL plans it anew. Here the text is built once in a process, and planned once
 * on each connection, under a name that nothing else may have.
 */

type Built<Row> = { toSQL(): Query; _: { result: Row[] } };
type Run<Row> = (db: Reader, values: Record<string, unknown>) => Promise<Row[]>;
type Kinds<Row> = { execute: Row[]; all: unknown; values: unknown };

/**
 * A select of these columns. Gives what runs it, in a transaction or out of one; `sql.placeholder("x")` in it takes
 * the value `x`. What is no column arrives as the driver gives it: a time as text.
 */
export function preparedSelect<Columns extends Record<string, Column | SQL>, Row>(
  name: string,
  columns: Columns,
  build: (builder: QueryBuilder, columns: Columns) => Built<Row>,
): Run<Row> {
  const fields = Object.entries(columns);
  const read = (rows: unknown[][]) =>
    rows.map(
      (row) =>
        Object.fromEntries(fields.map(([key, field], i) => [key, decoded(field, row[i])])) as Row,
    );
  let query: Query | undefined;
  return (db, values) => {
    query ??= build(new QueryBuilder(), columns).toSQL();
    const { session } = db._;
    return session.prepareQuery<Kinds<Row>>(query, undefined, name, true, read).execute(values);
  };
}

const decoded = (field: Column | SQL, value: unknown): unknown =>
  value !== null && is(field, Column) ? field.mapFromDriverValue(value) : value;

/** A statement in words of our own: `$1`, `$2`, … take the values in order. Times arrive as text. */
export function preparedStatement<Row>(name: string, text: string) {
  return async (db: Reader, ...params: unknown[]): Promise<Row[]> => {
    const query = db._.session.prepareQuery<{
      execute: { rows: Row[] };
      all: unknown;
      values: unknown;
    }>({ sql: text, params }, undefined, name, false);
    return (await query.execute()).rows;
  };
}
