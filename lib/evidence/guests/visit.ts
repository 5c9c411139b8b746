import { and, eq, isNull, sql } from "drizzle-orm";
import { type Database, type Reader, transaction } from "#db/client.ts";
import { preparedSelect } from "#db/prepared.ts";
import { guestLinks, guests } from "#db/schema/guests.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { GuestActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret } from "#lib/kernel/ids.ts";
import { type GuestRefusal, visitRefusal } from "./rules.ts";

/** The period that a guest may look at, and until when. */
export type Visit = {
  firstDay: string;
  lastDay: string;
  startsAt: Date;
  endsAt: Date;
  expiresAt: Date;
};
export type VisitRead =
  | { ok: true; actor: GuestActor; visit: Visit }
  | { ok: false; why: GuestRefusal; guest: { id: string; name: string } | null };

const select = preparedSelect(
  "guest_visit",
  {
    linkId: guestLinks.id,
    lastActiveAt: guestLinks.lastActiveAt,
    leftAt: guestLinks.leftAt,
    isReplaced: sql<boolean>`exists (select 1 from guest_links newer
      where newer.guest_id = ${guestLinks.guestId} and newer.made_at > ${guestLinks.madeAt})`,
    id: guests.id,
    name: guests.name,
    firm: guests.firm,
    zone: guests.zone,
    firstDay: guests.firstDay,
    lastDay: guests.lastDay,
    startsAt: guests.startsAt,
    endsAt: guests.endsAt,
    expiresAt: guests.expiresAt,
    revokedAt: guests.revokedAt,
    now: sql<string>`clock_timestamp()`,
  },
  (builder, columns) =>
    builder
      .select(columns)
      .from(guestLinks)
      .innerJoin(guests, eq(guests.id, guestLinks.guestId))
      .where(eq(guestLinks.sessionHash, sql.placeholder("hash"))),
);

/** Whose browser this is, read anew at each request, so that an end of the access counts at the next. */
export async function readVisit(
  db: Database,
  session: string,
  activity: boolean,
): Promise<VisitRead> {
  const [row] = await select(db, { hash: hashSecret(session) });
  if (!row?.lastActiveAt) return { ok: false, why: "unknown", guest: null };
  const { id, name, firm, zone, linkId, lastActiveAt } = row;
  const now = new Date(row.now);
  const why = visitRefusal({ ...row, lastActiveAt }, now);
  if (why) return { ok: false, why, guest: { id, name } };
  if (activity && now.getTime() - lastActiveAt.getTime() > 600_000) await touch(db, linkId);
  const { firstDay, lastDay, startsAt, endsAt, expiresAt } = row;
  return {
    ok: true,
    actor: { kind: "guest", id, name, firm, linkId, zone },
    visit: { firstDay, lastDay, startsAt, endsAt, expiresAt },
  };
}

const touch = (db: Reader, linkId: string) =>
  db
    .update(guestLinks)
    .set({ lastActiveAt: sql`clock_timestamp()` })
    .where(and(eq(guestLinks.id, linkId), isNull(guestLinks.leftAt)));

/** Ends the access of this browser; another link lets the guest in again. */
export const leave = (ctx: Ctx<GuestActor>): Promise<void> =>
  transaction(ctx.db, async (tx) => {
    const { linkId, id, name, firm } = ctx.actor;
    const [link] = await tx
      .select({ leftAt: guestLinks.leftAt })
      .from(guestLinks)
      .where(eq(guestLinks.id, linkId))
      .for("update");
    if (!link || link.leftAt) return;
    const leftEntryId = await recordAudit(tx, ctx, {
      event: "sign_in.ended",
      body: { what: `${name}, ${firm}, left`, guest: id },
    });
    await tx
      .update(guestLinks)
      .set({ leftAt: sql`clock_timestamp()`, leftEntryId })
      .where(eq(guestLinks.id, linkId));
  });
