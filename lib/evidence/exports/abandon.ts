import { and, eq, lt, sql } from "drizzle-orm";
import { transaction } from "#db/client.ts";
import { exports } from "#db/schema/exports.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { endExport } from "./end.ts";

/** Ends the exports whose file nobody fetched within 10 minutes, and those of which nothing was read or written for as long. */
export const abandonExports = (ctx: Ctx): Promise<void> =>
  transaction(ctx.db, async (tx) => {
    const rows = await tx
      .select()
      .from(exports)
      .where(
        and(
          eq(exports.status, "running"),
          lt(exports.seenAt, sql`clock_timestamp() - interval '10 minutes'`),
        ),
      )
      .limit(100)
      .for("update", { skipLocked: true });
    for (const row of rows)
      await endExport(tx, ctx, row, {
        status: "broken",
        brokenBy: row.fetchedAt ? "panel_gone" : "not_fetched",
      });
  });
