import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { auditEntry, auditPayload } from "#db/schema/audit.ts";
import { guests } from "#db/schema/guests.ts";
import { staff } from "#db/schema/staff.ts";
import { keyset, type PageInput, placeAt, toPage } from "#lib/kernel/keyset.ts";

const inviter = alias(staff, "inviter");
const ender = alias(staff, "ender");

const lastOf = (events: SQL) =>
  sql<string | null>`(select max(e.occurred_at) from audit_entry e
    where e.actor_id = ${guests.id} and e.event in (${events}))`;

const columns = {
  id: guests.id,
  name: guests.name,
  email: guests.email,
  firm: guests.firm,
  reason: guests.reason,
  firstDay: guests.firstDay,
  lastDay: guests.lastDay,
  zone: guests.zone,
  invitedAt: guests.invitedAt,
  invitedBy: inviter.name,
  expiresAt: guests.expiresAt,
  revokedAt: guests.revokedAt,
  revokedBy: ender.name,
  isOver: sql<boolean>`${guests.revokedAt} is not null or ${guests.expiresAt} <= clock_timestamp()`,
  lastSeen: lastOf(sql`'guest.read', 'guest.entered', 'sample.drawn', 'pack.made'`),
  place: placeAt(guests.invitedAt),
};

const select = (db: Database) =>
  db
    .select(columns)
    .from(guests)
    .innerJoin(inviter, eq(inviter.id, guests.invitedBy))
    .leftJoin(ender, eq(ender.id, guests.revokedBy));

/** Auditors who were ever invited, the newest first; 50 a page. */
export async function readGuests(db: Database, input: PageInput, limit = 50) {
  const from = keyset(guests.invitedAt, guests.id, input);
  const rows = await select(db)
    .where(from.where)
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  return toPage(rows, limit, from);
}

export async function readGuest(db: Database, id: string) {
  const [row] = await select(db).where(eq(guests.id, id));
  return row ?? null;
}
export type Guest = NonNullable<Awaited<ReturnType<typeof readGuest>>>;

const looks = [
  "guest.entered",
  "guest.read",
  "guest.refused",
  "population.read",
  "sample.drawn",
  "pack.made",
  "sign_in.ended",
] as const;
const said = z.object({ what: z.string() });

/** What a guest opened, and what was refused, the newest first; 50 a page. */
export async function readLooks(db: Database, guestId: string, input: PageInput, limit = 50) {
  const from = keyset(auditEntry.occurredAt, auditEntry.id, input);
  const rows = await db
    .select({
      id: auditEntry.id,
      at: auditEntry.occurredAt,
      event: auditEntry.event,
      payload: auditPayload.body,
      place: placeAt(auditEntry.occurredAt),
    })
    .from(auditEntry)
    .innerJoin(auditPayload, eq(auditPayload.entryId, auditEntry.id))
    .where(and(eq(auditEntry.actorId, guestId), inArray(auditEntry.event, looks), from.where))
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  const page = toPage(rows, limit, from);
  return {
    ...page,
    rows: page.rows.map(({ payload, ...row }) => ({
      ...row,
      what: said.parse(JSON.parse(payload)).what,
    })),
  };
}
