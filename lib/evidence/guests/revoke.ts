import { eq, sql } from "drizzle-orm";
import { guests } from "#db/schema/guests.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { lockGuest, refuseUnlessExporter } from "./lock.ts";
import type { OfGuest } from "./schemas.ts";

/** Ends a guest's access at once and for good. Refuses with `not_allowed`, `not_found`, `ended`. */
export const revokeGuest = (
  ctx: Ctx<StaffActor>,
  { guestId }: OfGuest,
): Promise<Result<{ guestId: string; name: string }>> =>
  transact(ctx, { event: "guest.refused", body: { guest: guestId } }, async (tx) => {
    refuseUnlessExporter(ctx.actor);
    const { guest } = await lockGuest(tx, guestId);
    const { name, firm } = guest;
    const revokedEntryId = await recordAudit(tx, ctx, {
      event: "guest.revoked",
      body: { what: `Ended the access of ${name}, ${firm}`, guest: guestId, name, firm },
    });
    await tx
      .update(guests)
      .set({ revokedAt: sql`clock_timestamp()`, revokedBy: ctx.actor.id, revokedEntryId })
      .where(eq(guests.id, guestId));
    return { guestId, name };
  });
