import { and, eq, isNull, lte } from "drizzle-orm";
import { z } from "zod";
import { notices } from "#db/schema/notices.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { ok, type Result } from "#lib/kernel/result.ts";

/** One notice; or all up to and with one, so that what came while the page was read stays unread. */
export const markReadSchema = z.object({ noticeId: idSchema, all: z.literal("yes").optional() });

/**
 * Marks one's own notices as read; others' are left as they are. No entry: it changes what the reader is shown as new, and
 * nothing else. Gives how many.
 */
export async function markRead(
  ctx: Ctx<StaffActor>,
  input: z.infer<typeof markReadSchema>,
): Promise<Result<{ read: number }>> {
  const { id, at, staffId, readAt } = notices;
  const [last] = input.all
    ? await ctx.db
        .select({ at })
        .from(notices)
        .where(and(eq(id, input.noticeId), eq(staffId, ctx.actor.id)))
    : [];
  const which = input.all ? last && lte(at, last.at) : eq(id, input.noticeId);
  if (!which) return ok({ read: 0 });
  const read = await ctx.db
    .update(notices)
    .set({ readAt: new Date() })
    .where(and(eq(staffId, ctx.actor.id), isNull(readAt), which))
    .returning({ id });
  return ok({ read: read.length });
}
