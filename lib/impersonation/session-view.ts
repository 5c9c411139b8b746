import { eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Reader } from "#db/client.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import { actions, approvals, requests, sessions } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { placeAt } from "#lib/kernel/keyset.ts";
import type { Permission } from "#lib/staff/rights.ts";
import { withinReach } from "#lib/staff/within-reach.ts";
import { scopeNow } from "./scope-now.ts";

export const actor = alias(staff, "actor");
const ender = alias(staff, "ender");

const columns = {
  id: sessions.id,
  number: sessions.number,
  scope: scopeNow,
  /** What it was granted for; `narrowedAt`: from when on it was for looking only. */
  grantedScope: sessions.scope,
  narrowedAt: sessions.narrowedAt,
  minutes: sessions.minutes,
  idleMinutes: sessions.idleMinutes,
  policyVersion: sessions.policyVersion,
  startedAt: sessions.startedAt,
  expiresAt: sessions.expiresAt,
  lastActiveAt: sessions.lastActiveAt,
  endedAt: sessions.endedAt,
  endCause: sessions.endCause,
  endComment: sessions.endComment,
  endedBy: { id: ender.id, name: ender.name },
  actor: { id: actor.id, name: actor.name, team: actor.team },
  subject: {
    id: subjects.id,
    externalId: subjects.externalId,
    name: subjects.name,
    lang: subjects.lang,
    isOwner: subjects.isOwner,
  },
  account: {
    id: accounts.id,
    externalId: accounts.externalId,
    name: accounts.name,
    tier: accounts.tier,
    stance: accounts.stance,
  },
  product: {
    id: products.id,
    name: products.name,
    origin: products.origin,
    environment: products.environment,
    initiateLoginUri: products.initiateLoginUri,
  },
  request: {
    id: requests.id,
    number: requests.number,
    reason: requests.reason,
    reasonCategory: requests.reasonCategory,
    lawfulBasis: requests.lawfulBasis,
    callerCheck: requests.callerCheck,
    ticket: requests.ticket,
    breakGlass: requests.breakGlass,
    minutes: requests.minutes,
    grantedMinutes: requests.grantedMinutes,
    approvalsNeeded: requests.approvalsNeeded,
    sensitiveBecause: requests.sensitiveBecause,
    createdAt: requests.createdAt,
    returnPath: requests.returnPath,
    targetLinkUri: requests.targetLinkUri,
  },
  approvedBy: sql<
    string[]
  >`coalesce((select array_agg(s.name order by v.created_at) from ${approvals} v
    join ${staff} s on s.id = v.approver_id where v.request_id = ${requests.id} and v.vote = 'approve'), '{}')`,
  reads:
    sql<number>`(select count(*) from ${actions} a where a.session_id = ${sessions.id} and a.phase = 'view')`.mapWith(
      Number,
    ),
  writes:
    sql<number>`(select count(*) from ${actions} a where a.session_id = ${sessions.id} and a.phase = 'attempt')`.mapWith(
      Number,
    ),
  refusals:
    sql<number>`(select count(*) from ${actions} a where a.session_id = ${sessions.id} and a.phase = 'refused')`.mapWith(
      Number,
    ),
  place: placeAt(sessions.startedAt),
};

/** Sessions with the names and facts that pages show; narrow it by `where`. */
export const sessionViews = (db: Reader) =>
  db
    .select(columns)
    .from(sessions)
    .innerJoin(requests, eq(requests.id, sessions.requestId))
    .innerJoin(actor, eq(actor.id, sessions.actorId))
    .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .innerJoin(products, eq(products.id, sessions.productId))
    .leftJoin(ender, eq(ender.id, sessions.endedBy));

export type SessionView = Awaited<ReturnType<typeof sessionViews>>[number];

/** Whether a session is in the sample of an item that this reader reviews now, whatever team its actor is of. */
export const sampledFor = (readerId: string): SQL =>
  sql`${sessions.id} in (select s.session_id from review_items i join campaigns c on c.id = i.campaign_id
    join review_samples s on s.item_id = i.id where c.status = 'open' and i.reviewer_id = ${readerId})`;

/** Which sessions this reader may see: own, those of the own team, or all (DESIGN §2). */
export const visible = (ctx: Ctx<StaffActor>, permission: Permission): SQL | undefined =>
  withinReach(ctx, permission, sessions.actorId);
