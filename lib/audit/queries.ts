import { and, count, eq, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { auditEntry, auditIndex, auditPayload } from "#db/schema/audit.ts";
import { accounts, subjects } from "#db/schema/directory.ts";
import { requests, sessions } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { keyset, placeAt, toPage } from "#lib/kernel/keyset.ts";
import type { AuditParams } from "./search-params.ts";

const actor = alias(staff, "actor");
const body = z.record(z.string(), z.unknown());

/** How far a reader sees; given by the page from the table of rights, since audit stands below staff. */
export type AuditReach = "none" | "own" | "team" | "all";

/** Own entries are those one caused and those about one's own sessions; a team's are those of its members. */
async function visible(ctx: Ctx<StaffActor>, far: AuditReach): Promise<SQL | undefined> {
  switch (far) {
    case "all":
      return undefined;
    case "team":
      // Read first: with the ids at hand the index on actors serves, with a subquery the whole log is read.
      return inArray(auditEntry.actorId, await idsOfTeam(ctx));
    case "own":
      return eq(auditEntry.actorId, ctx.actor.id);
    case "none":
      return sql`false`;
  }
}

async function idsOfTeam({ db, actor: reader }: Ctx<StaffActor>): Promise<string[]> {
  const team = await db.select({ id: staff.id }).from(staff).where(eq(staff.team, reader.team));
  return [reader.id, ...team.map(({ id }) => id)];
}

const nextDay = (day: string): Date => new Date(Date.parse(day) + 24 * 3_600_000);

function filtered(params: AuditParams): SQL | undefined {
  return and(
    params.actor ? eq(auditEntry.actorId, params.actor) : undefined,
    params.subject ? eq(auditEntry.subjectId, params.subject) : undefined,
    params.account ? eq(auditEntry.accountId, params.account) : undefined,
    params.session ? eq(auditEntry.sessionId, params.session) : undefined,
    params.request ? eq(auditEntry.requestId, params.request) : undefined,
    params.event?.length ? inArray(auditEntry.event, params.event) : undefined,
    params.from ? gte(auditEntry.occurredAt, new Date(params.from)) : undefined,
    params.to ? lt(auditEntry.occurredAt, nextDay(params.to)) : undefined,
    params.resource ? eq(auditIndex.resource, params.resource) : undefined,
    params.ticket ? eq(auditIndex.ticket, params.ticket) : undefined,
    params.effect ? eq(auditIndex.effect, params.effect) : undefined,
    params.writes ? eq(auditIndex.isWrite, true) : undefined,
  );
}

/** The entries that a reader may see of those that a filter asks for, as a condition on `audit_entry` and `audit_index`. */
export async function entriesWhere(
  ctx: Ctx<StaffActor>,
  far: AuditReach,
  params: AuditParams,
): Promise<SQL | undefined> {
  return and(await visible(ctx, far), filtered(params));
}

const columns = {
  id: auditEntry.id,
  at: auditEntry.occurredAt,
  event: auditEntry.event,
  accountId: auditEntry.accountId,
  accountName: accounts.name,
  actorId: auditEntry.actorId,
  actorName: actor.name,
  subjectId: auditEntry.subjectId,
  subjectName: subjects.name,
  subjectLang: subjects.lang,
  sessionId: auditEntry.sessionId,
  sessionNumber: sessions.number,
  requestId: auditEntry.requestId,
  requestNumber: requests.number,
  isWrite: auditIndex.isWrite,
  effect: auditIndex.effect,
  payload: auditPayload.body,
  place: placeAt(auditEntry.occurredAt),
};

/** Entries that this reader may see, newest first, by the filters of the URL; 50 a page. */
export async function readAudit(
  ctx: Ctx<StaffActor>,
  far: AuditReach,
  params: AuditParams,
  limit = 50,
) {
  const from = keyset(auditEntry.occurredAt, auditEntry.id, params);
  const rows = await ctx.db
    .select(columns)
    .from(auditEntry)
    .innerJoin(auditPayload, eq(auditPayload.entryId, auditEntry.id))
    .leftJoin(auditIndex, eq(auditIndex.entryId, auditEntry.id))
    .leftJoin(actor, eq(actor.id, auditEntry.actorId))
    .leftJoin(subjects, eq(subjects.id, auditEntry.subjectId))
    .leftJoin(accounts, eq(accounts.id, auditEntry.accountId))
    .leftJoin(sessions, eq(sessions.id, auditEntry.sessionId))
    .leftJoin(requests, eq(requests.id, auditEntry.requestId))
    .where(and(await entriesWhere(ctx, far, params), from.where))
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  const page = toPage(rows, limit, from);
  return {
    ...page,
    rows: page.rows.map(({ payload, place: _, ...row }) => ({
      ...row,
      body: body.parse(JSON.parse(payload)),
    })),
  };
}
export type AuditRow = Awaited<ReturnType<typeof readAudit>>["rows"][number];

/** So many entries are counted, and no more. */
export const mostCounted = 1000;

/** How many entries a filter leaves of those that this reader may see: `mostCounted` + 1 where there are more than that. */
export async function countAudit(
  ctx: Ctx<StaffActor>,
  far: AuditReach,
  params: AuditParams,
): Promise<number> {
  const some = ctx.db
    .select({ id: auditEntry.id })
    .from(auditEntry)
    .leftJoin(auditIndex, eq(auditIndex.entryId, auditEntry.id))
    .where(await entriesWhere(ctx, far, params))
    .limit(mostCounted + 1)
    .as("some");
  const [row] = await ctx.db.select({ n: count() }).from(some);
  return row?.n ?? 0;
}

/** The entries of one session or request in the order in which they happened, the first 200 unless told (no actions). */
export async function readStory(
  ctx: Ctx<StaffActor>,
  of: { sessionId: string | null; requestId: string },
  limit = 200,
) {
  const rows = await ctx.db
    .select({
      id: auditEntry.id,
      at: auditEntry.occurredAt,
      event: auditEntry.event,
      payload: auditPayload.body,
    })
    .from(auditEntry)
    .innerJoin(auditPayload, eq(auditPayload.entryId, auditEntry.id))
    .where(
      and(
        or(
          of.sessionId ? eq(auditEntry.sessionId, of.sessionId) : undefined,
          eq(auditEntry.requestId, of.requestId),
        ),
        sql`${auditEntry.event} not like 'action.%'`,
      ),
    )
    .orderBy(auditEntry.occurredAt, auditEntry.id)
    .limit(limit);
  return rows.map(({ payload, ...row }) => ({ ...row, body: body.parse(JSON.parse(payload)) }));
}
