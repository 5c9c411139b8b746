import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { tellChanges } from "#db/committed.ts";
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
  // Compared where it is kept: in a Date the time has lost its microseconds.
  const which = input.all
    ? sql`${at} <= (select n.at from notices n where n.id = ${input.noticeId}::uuid and n.staff_id = ${ctx.actor.id}::uuid)`
    : eq(id, input.noticeId);
  const read = await ctx.db
    .update(notices)
    .set({ readAt: new Date() })
    .where(and(eq(staffId, ctx.actor.id), isNull(readAt), which))
    .returning({ id });
  if (read.length > 0) tellChanges([{ kind: "told", staffIds: [ctx.actor.id] }]);
  return ok({ read: read.length });
}
