import type pg from "pg";

type Sql = Pick<pg.ClientBase, "query">;

/**
 * The tables' triggers rest for this transaction only, which must be the owner's; ENABLE TRIGGER USER would forget that
 * they fire ALWAYS. Keys and checks hold all the while, deferred ones at the end.
 */
export async function restingTriggers(
  sql: Sql,
  tables: string | readonly string[],
  change: () => Promise<unknown>,
): Promise<void> {
  const all = [tables].flat();
  // A table with something that is still to be checked cannot be altered.
  await sql.query("set constraints all immediate");
  const { rows } = await sql.query<{ table: string; trigger: string }>(
    `select tgrelid::regclass::text as table, tgname as trigger from pg_trigger
      where tgrelid = any($1::regclass[]) and not tgisinternal and tgenabled = 'A'`,
    [all],
  );
  for (const table of all) await sql.query(`alter table ${table} disable trigger user`);
  await change();
  await sql.query("set constraints all immediate");
  for (const table of all) await sql.query(`alter table ${table} enable trigger user`);
  for (const { table, trigger } of rows)
    await sql.query(`alter table ${table} enable always trigger ${trigger}`);
}
