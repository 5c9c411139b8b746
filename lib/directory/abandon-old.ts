import { and, eq, isNull, sql } from "drizzle-orm";
import { directorySyncs, products } from "#db/schema/directory.ts";
import { transact } from "#lib/audit/transact.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { abandon } from "./sync.ts";

const stale = and(
  isNull(directorySyncs.closedAt),
  sql`${directorySyncs.lastPushAt} < clock_timestamp() - interval '24 hours'`,
);

/** Writes off syncs into which nothing came for a day; the worker's part. Gives how many. */
export async function abandonOld(ctx: Ctx): Promise<number> {
  const old = await ctx.db
    .select({ id: directorySyncs.id, productId: products.id, name: products.name })
    .from(directorySyncs)
    .innerJoin(products, eq(products.id, directorySyncs.productId))
    .where(stale);
  for (const { id, productId, name } of old)
    await transact(ctx, { event: "directory.refused" }, async (tx) => {
      await oneAtATime(tx, productId);
      const [still] = await tx
        .select({ id: directorySyncs.id })
        .from(directorySyncs)
        .where(and(eq(directorySyncs.id, id), stale));
      if (still) await abandon(tx, ctx, id, `${name} brought nothing more to its sync for a day`);
    });
  return old.length;
}
