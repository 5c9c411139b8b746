import { type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Transaction } from "#db/client.ts";
import type { Plan } from "./plan.ts";

/** All values as one array: one parameter for any number of rows, where a list of them would be planned anew. */
export const arrayOf = (values: readonly unknown[], type: string): SQL =>
  sql`${sql.param([...values])}::${sql.raw(type)}[]`;

export const anyOf = (column: PgColumn, values: readonly string[]): SQL =>
  sql`${column} = any(${arrayOf(values, column.getSQLType())})`;

/**
 * Inserts what a plan adds and updates what it changes, each in one statement for any number of rows: triggers of
 * statements run twice at most. `columns` of the table by the name that a row has for them; `id` are those that a row
 * is found by.
 */
export async function writeRows<Row extends object>(
  tx: Transaction,
  table: PgTable,
  columns: { [Name in keyof Row]: PgColumn },
  id: readonly (keyof Row)[],
  { added, changed }: Pick<Plan<Row>, "added" | "changed">,
): Promise<void> {
  const names = Object.keys(columns).filter((name): name is keyof Row & string => name in columns);
  const unnested = (rows: readonly Row[]) =>
    sql.join(
      names.map((name) =>
        arrayOf(
          rows.map((row) => row[name]),
          columns[name].getSQLType(),
        ),
      ),
      sql`, `,
    );
  const identifier = (name: keyof Row) => sql.identifier(columns[name].name);
  const listed = (of: readonly (keyof Row)[]) => sql.join(of.map(identifier), sql`, `);
  if (added.length > 0)
    await tx.execute(
      sql`insert into ${table} (${listed(names)}) select * from unnest(${unnested(added)})`,
    );
  if (changed.length === 0) return;
  const set = names
    .filter((name) => !id.includes(name))
    .map((name) => sql`${identifier(name)} = next.${identifier(name)}`);
  const same = id.map((name) => sql`t.${identifier(name)} = next.${identifier(name)}`);
  await tx.execute(sql`update ${table} t set ${sql.join(set, sql`, `)}, updated_at = clock_timestamp()
    from unnest(${unnested(changed)}) as next(${listed(names)}) where ${sql.join(same, sql` and `)}`);
}
