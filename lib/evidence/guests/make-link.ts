import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import type { Invited } from "./invite.ts";
import { storeLink } from "./link.ts";
import { lockGuest, refuseUnlessExporter } from "./lock.ts";
import type { OfGuest } from "./schemas.ts";

/**
 * Another link for a guest who lost theirs, or changed the browser: every earlier one is out of use, with the browser
 * that it let in. The end of the access stays where it is. Refuses with `not_allowed`, `not_found`, `ended`.
 */
export const makeLink = (ctx: Ctx<StaffActor>, { guestId }: OfGuest): Promise<Result<Invited>> =>
  transact(ctx, { event: "guest.refused", body: { guest: guestId } }, async (tx) => {
    refuseUnlessExporter(ctx.actor);
    const { guest } = await lockGuest(tx, guestId);
    const { name, email, firm } = guest;
    const entryId = await recordAudit(tx, ctx, {
      event: "guest.invited",
      body: {
        what: `Made another link for ${name}, ${firm}; the earlier ones are out of use`,
        guest: guestId,
        name,
        email,
        firm,
        until: guest.expiresAt.toISOString(),
      },
    });
    const secret = await storeLink(tx, ctx.actor, { guestId, entryId });
    return { guestId, name, email, secret };
  });
