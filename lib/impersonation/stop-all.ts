import { eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { globalStops } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { lettersOf, typedText } from "#lib/kernel/typed-text.ts";
import { requireChanger } from "#lib/staff/lock.ts";
import { endDue } from "./end-due.ts";

const reason = typedText.pipe(
  z
    .string()
    .refine((text) => lettersOf(text) >= 3, "Say why, in a few words. Everybody reads it.")
    .max(200, "At most 200 characters."),
);
export const stopSchema = z.object({ reason });
export const liftSchema = z.object({ stopId: z.uuid(), reason });

/**
 * Stops all standing in: every live session is over from this moment, and nothing starts until it is lifted. Refuses
 * with `not_allowed`, or `global_stop` while one is in force.
 */
export async function stopAll(
  ctx: Ctx<StaffActor>,
  input: z.infer<typeof stopSchema>,
): Promise<Result<{ stopId: string }>> {
  const done = await transact(ctx, { event: "settings.refused" }, async (tx) => {
    requireChanger(ctx.actor);
    const id = newId();
    const startedEntryId = await recordAudit(tx, ctx, {
      event: "stop.started",
      body: { what: "Stopped all standing in", reason: input.reason },
    });
    await tx
      .insert(globalStops)
      .values({ id, startedBy: ctx.actor.id, reason: input.reason, startedEntryId });
    return { stopId: id };
  });
  // They are over already; this writes their endings down without waiting for the worker, to which is left, and told in
  // its log, what cannot be written: the stop stands all the same.
  if (done.ok) await endDue(ctx).catch(() => {});
  return done;
}

/** Lifts the stop in force; ended sessions stay ended. Refuses with `not_allowed`, or `ended` if it was lifted before. */
export const liftStop = (
  ctx: Ctx<StaffActor>,
  input: z.infer<typeof liftSchema>,
): Promise<Result<{ stopId: string }>> =>
  transact(ctx, { event: "settings.refused" }, async (tx) => {
    requireChanger(ctx.actor);
    const [stop] = await tx
      .select({ id: globalStops.id })
      .from(globalStops)
      .where(isNull(globalStops.liftedAt))
      .for("update");
    if (stop?.id !== input.stopId) refuse("ended", "This stop was lifted before.");
    const liftedEntryId = await recordAudit(tx, ctx, {
      event: "stop.lifted",
      body: { what: "Lifted the global stop", reason: input.reason },
    });
    await tx
      .update(globalStops)
      .set({ liftedAt: new Date(), liftedBy: ctx.actor.id, liftedEntryId })
      .where(eq(globalStops.id, stop.id));
    return { stopId: stop.id };
  });
