import { cpus, totalmem } from "node:os";
import type { BenchCtx } from "./bench.ts";

/** One line that says on what, by what and when it was measured. Names no host. */
export async function machineLine(ctx: BenchCtx): Promise<string> {
  const { owner } = await ctx.database();
  const { rows } = await owner.query<{ version: string; settings: string }>(
    `select split_part(version(), ' ', 2) as version,
       (select string_agg(name || ' ' || setting, ', ' order by name) from pg_settings
         where name in ('fsync', 'synchronous_commit', 'full_page_writes')) as settings`,
  );
  const { version = "?", settings = "?" } = rows[0] ?? {};
  const memory = Math.round(totalmem() / 2 ** 30);
  const model = cpus()[0]?.model ?? "unknown CPU";
  const day = new Date().toISOString().slice(0, 10);
  return `${day}: ${cpus().length} × ${model}, ${memory} GiB; Node ${process.versions.node}; PostgreSQL ${version} (${settings}).`;
}
