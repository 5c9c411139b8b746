import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type pg from "pg";
import { withClient } from "#db/embedded/roles.ts";

export type Statement = { query: string; params: unknown[] };

/**
 * Runs statements as this superuser and keeps the plans of all that their functions run, as auto_explain tells them: of a
 * function one sees but its name in a plan. What they change is rolled back. Gives how many rows the busiest part of any
 * went through: gave on, or read and threw away.
 */
export async function writePlansInside(
  file: string,
  superuserUrl: string,
  statements: readonly Statement[],
): Promise<number> {
  const plans: string[] = [];
  await withClient(superuserUrl, async (client: pg.Client) => {
    await client.query("load 'auto_explain'");
    await client.query(
      `set auto_explain.log_nested_statements = on; set auto_explain.log_analyze = on; set auto_explain.log_buffers = on;
       set auto_explain.log_timing = off; set auto_explain.log_level = notice; set auto_explain.log_min_duration = 0`,
    );
    client.on("notice", ({ message = "" }) => void plans.push(message.trim()));
    await client.query("begin");
    for (const { query, params } of statements) await client.query(query, params);
    await client.query("rollback");
  });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${plans.join("\n\n")}\n`);
  return Math.max(0, ...plans.flatMap(rowsOf));
}

/** Of each part of a plan: rows given in all of its loops, and rows thrown away in each. */
function rowsOf(plan: string): number[] {
  const given = [...plan.matchAll(/actual rows=([\d.]+) loops=(\d+)/g)];
  const thrown = [...plan.matchAll(/Rows Removed by [\w ]+: (\d+)/g)];
  return [
    ...given.map(([, rows, loops]) => Number(rows) * Number(loops)),
    ...thrown.map(([, rows]) => Number(rows)),
  ];
}
