import { and, eq, sql } from "drizzle-orm";
import { findings } from "#db/schema/findings.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Span, within } from "./of-period.ts";
import { visible } from "./visible.ts";

/** How many open findings this reader may see, and how many are late; of a period where one is given. */
export async function countOpen(
  ctx: Ctx<StaffActor>,
  period?: Span,
): Promise<{ open: number; late: number }> {
  const [row] = await ctx.db
    .select({
      open: sql<number>`count(*)`.mapWith(Number),
      late: sql<number>`count(*) filter (where ${findings.dueAt} < clock_timestamp())`.mapWith(
        Number,
      ),
    })
    .from(findings)
    .where(and(eq(findings.status, "open"), await visible(ctx), period && within(period)));
  return row ?? { open: 0, late: 0 };
}
