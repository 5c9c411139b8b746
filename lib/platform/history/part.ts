import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { type Transaction, transaction } from "#db/client.ts";
import { withClient } from "#db/embedded/roles.ts";

/** The parts of the demo's past, in their order. */
export const parts = ["desk", "findings", "reviews"] as const;
export type PartName = (typeof parts)[number];

/**
 * What is still to be written of the past: all of it where nobody has ever asked for anything, what a start that was cut
 * off left, or nothing, above all in a database that is in use.
 */
export async function dueParts(ownerUrl: string): Promise<PartName[]> {
  return withClient(ownerUrl, async (client) => {
    const {
      rows: [marks],
    } = await client.query<{ table: string | null }>("select to_regclass('demo_history') as table");
    if (!marks?.table) {
      const { rowCount: used } = await client.query(
        "select from requests union all select from entry_readers limit 1",
      );
      return used ? [] : [...parts];
    }
    // The worker reads the log by other names too: then it runs, and comes past nothing that is older than it.
    const { rowCount: read } = await client.query(
      "select from entry_readers where name <> 'findings' limit 1",
    );
    if (read) return [];
    const { rows } = await client.query<{ part: string }>("select part from demo_history");
    return parts.filter((part) => !rows.some((row) => row.part === part));
  });
}

/**
 * Runs a part in a transaction of its own, with the mark that it is there. Verbs run in it as they run in theirs: each
 * becomes a savepoint.
 */
export const writePart = (
  client: pg.Client,
  part: PartName,
  run: (tx: Transaction) => Promise<unknown>,
): Promise<void> =>
  transaction(drizzle(client), async (tx) => {
    // The demo's alone, so no migration has it.
    await client.query(
      "create table if not exists demo_history (part text primary key, at timestamptz not null default now())",
    );
    await run(tx);
    await client.query("insert into demo_history (part) values ($1)", [part]);
  });
