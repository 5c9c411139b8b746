import { eq, sql } from "drizzle-orm";
import { clock, type Reader, transaction } from "#db/client.ts";
import { guestLinks, guests } from "#db/schema/guests.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { recordRefusal, transact } from "#lib/audit/transact.ts";
import type { AnonymousActor, GuestActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret, newSecret } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
import { type GuestRefusal, linkRefusal } from "./rules.ts";

/** What a link says of itself, to whoever holds it. */
export type Link = {
  name: string;
  firm: string;
  firstDay: string;
  lastDay: string;
  zone: string;
  expiresAt: Date;
  invitedBy: string;
};
export type LinkRead = { ok: true; link: Link } | { ok: false; why: GuestRefusal | "too_often" };

const find = (db: Reader, secret: string) =>
  db
    .select({
      id: guestLinks.id,
      guestId: guestLinks.guestId,
      usedAt: guestLinks.usedAt,
      goodUntil: guestLinks.goodUntil,
      isReplaced: sql<boolean>`exists (select 1 from guest_links newer
        where newer.guest_id = ${guestLinks.guestId} and newer.made_at > ${guestLinks.madeAt})`,
      name: guests.name,
      firm: guests.firm,
      firstDay: guests.firstDay,
      lastDay: guests.lastDay,
      zone: guests.zone,
      expiresAt: guests.expiresAt,
      revokedAt: guests.revokedAt,
      invitedBy: staff.name,
    })
    .from(guestLinks)
    .innerJoin(guests, eq(guests.id, guestLinks.guestId))
    .innerJoin(staff, eq(staff.id, guests.invitedBy))
    .where(eq(guestLinks.secretHash, hashSecret(secret)));

/**
 * What the page behind a link shows before anybody presses its button: reading uses nothing up, since mail programs
 * open links too. A link that lets nobody in is on record; one that there is not is a guess, which is limited.
 */
export async function readLink(ctx: Ctx<AnonymousActor>, secret: string): Promise<LinkRead> {
  if (await limited(ctx, "guest_link_from_source")) return { ok: false, why: "too_often" };
  const [found] = await find(ctx.db, secret);
  const why = found ? linkRefusal(found, await clock(ctx.db)) : "unknown";
  if (found && !why) return { ok: true, link: found };
  await noteLink(ctx, found ?? null, why ?? "unknown");
  return { ok: false, why: why ?? "unknown" };
}

/**
 * Exchanges a link for a browser's own access, once. Gives the secret of its cookie, of which the hash is stored.
 * Refuses with `too_often`, `not_found`, `used`, `ended`.
 */
export async function enterByLink(
  ctx: Ctx<AnonymousActor>,
  secret: string,
): Promise<Result<{ session: string; expiresAt: Date }>> {
  const often = await limited(ctx, "guest_link_from_source");
  if (often) return { ok: false, error: often };
  const [known] = await find(ctx.db, secret);
  if (!known) {
    await noteLink(ctx, null, "unknown");
    return { ok: false, error: { code: "not_found", message: "This link opens nothing." } };
  }
  const actor: GuestActor = {
    kind: "guest",
    id: known.guestId,
    name: known.name,
    firm: known.firm,
    linkId: known.id,
    zone: known.zone,
  };
  return transact(
    { ...ctx, actor },
    { event: "guest.refused", body: { guest: known.guestId, name: known.name } },
    async (tx) => {
      await tx.select().from(guestLinks).where(eq(guestLinks.id, known.id)).for("update");
      const [link] = await find(tx, secret);
      if (!link) refuse("not_found", "This link opens nothing.");
      const why = linkRefusal(link, await clock(tx));
      if (why === "used") refuse("used", "This link was used before. It lets nobody in twice.");
      if (why) refuse("ended", "This link lets nobody in any more.", { detail: { why } });
      const usedEntryId = await recordAudit(
        tx,
        { ...ctx, actor },
        {
          event: "guest.entered",
          body: { what: `${link.name}, ${link.firm}, came in by their link`, guest: link.guestId },
        },
      );
      const session = newSecret();
      await tx
        .update(guestLinks)
        .set({
          usedAt: sql`clock_timestamp()`,
          lastActiveAt: sql`clock_timestamp()`,
          sessionHash: hashSecret(session),
          usedEntryId,
        })
        .where(eq(guestLinks.id, link.id));
      return { session, expiresAt: link.expiresAt };
    },
  );
}

type Known = { guestId: string; name: string; firm: string } | null;

/** A guest's own link that is used up or over is an entry of its own; a guess is counted by its source. */
async function noteLink(ctx: Ctx<AnonymousActor>, known: Known, why: GuestRefusal): Promise<void> {
  if (!known) {
    const refusal = { code: "not_found", message: "A link that there is not" } as const;
    return recordRefusal(ctx, { event: "guest.refused" }, refusal);
  }
  await transaction(ctx.db, (tx) =>
    recordAudit(
      tx,
      { ...ctx, actor: { kind: "system", part: "sign_in" } },
      {
        event: "guest.refused",
        actorId: known.guestId,
        body: {
          what: `A link of ${known.name}, ${known.firm}, was opened that lets nobody in: ${why}`,
          refused: why,
          guest: known.guestId,
          name: known.name,
        },
      },
    ),
  );
}
