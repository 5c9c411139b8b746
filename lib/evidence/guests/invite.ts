import { sql } from "drizzle-orm";
import { clock } from "#db/client.ts";
import { guests } from "#db/schema/guests.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Result } from "#lib/kernel/result.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { storeLink } from "./link.ts";
import { refuseUnlessExporter } from "./lock.ts";
import type { Invite } from "./schemas.ts";

/** Of the link there is this one copy: only its hash is stored. */
export type Invited = { guestId: string; name: string; email: string; secret: string };

/**
 * Lets an auditor see one period for some days, by a link that is good once. The schema sets the times and checks that
 * compliance invites. Refuses with `not_allowed`.
 */
export const inviteGuest = (ctx: Ctx<StaffActor>, input: Invite): Promise<Result<Invited>> =>
  transact(ctx, { event: "guest.refused", body: about(input) }, async (tx) => {
    refuseUnlessExporter(ctx.actor);
    const { zone } = await currentPolicy(tx);
    const at = await clock(tx);
    const guestId = newId();
    const expiresAt = new Date(at.getTime() + input.days * 86_400_000);
    const invitedEntryId = await recordAudit(tx, ctx, {
      event: "guest.invited",
      body: {
        what: `Invited ${input.name}, ${input.firm}, to ${input.from} – ${input.to} for ${input.days} days: “${input.reason}”`,
        ...about(input),
        guest: guestId,
        zone,
        until: expiresAt.toISOString(),
      },
    });
    await tx.insert(guests).values({
      id: guestId,
      name: input.name,
      email: input.email,
      firm: input.firm,
      reason: input.reason,
      firstDay: sql`${input.from}::date`,
      lastDay: sql`${input.to}::date`,
      zone,
      invitedBy: ctx.actor.id,
      expiresAt,
      invitedEntryId,
    });
    const secret = await storeLink(tx, ctx.actor, { guestId, entryId: invitedEntryId });
    return { guestId, name: input.name, email: input.email, secret };
  });

const about = ({ name, email, firm, from, to, days, reason }: Invite) => ({
  name,
  email,
  firm,
  from,
  to,
  days,
  reason,
});
