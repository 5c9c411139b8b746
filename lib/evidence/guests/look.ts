import { transaction } from "#db/client.ts";
import { type Json, recordAudit } from "#lib/audit/record.ts";
import type { GuestActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";

/** Makes one look of a guest an entry: "the review 2026-q3", and by what it is found again. */
export const recordLook = (
  ctx: Ctx<GuestActor>,
  what: string,
  about: Record<string, Json> = {},
): Promise<string> =>
  transaction(ctx.db, (tx) =>
    recordAudit(tx, ctx, {
      event: "guest.read",
      body: { what: `Looked at ${what}`, ...about, guest: ctx.actor.id },
    }),
  );

/** The same for what was asked for and is not the guest's to see. */
export const refuseLook = (
  ctx: Ctx<GuestActor>,
  what: string,
  about: Record<string, Json> = {},
): Promise<string> =>
  transaction(ctx.db, (tx) =>
    recordAudit(tx, ctx, {
      event: "guest.refused",
      body: { what: `Refused: ${what}`, refused: "not_found", ...about, guest: ctx.actor.id },
    }),
  );
