import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { clock, type Reader } from "#db/client.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import { approvals, requests } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { keyset, type PageInput, placeAt, toPage } from "#lib/kernel/keyset.ts";
import { reach } from "#lib/staff/rights.ts";
import { withinReach } from "#lib/staff/within-reach.ts";
import { statusAt } from "./rules.ts";

const actor = alias(staff, "actor");

/** One request as a list shows it. `place` is its position for keyset paging. */
const columns = {
  id: requests.id,
  number: requests.number,
  status: requests.status,
  scope: requests.scope,
  minutes: requests.minutes,
  grantedMinutes: requests.grantedMinutes,
  reason: requests.reason,
  reasonCategory: requests.reasonCategory,
  lawfulBasis: requests.lawfulBasis,
  callerCheck: requests.callerCheck,
  ticket: requests.ticket,
  sensitive: requests.sensitive,
  sensitiveBecause: requests.sensitiveBecause,
  approvalsNeeded: requests.approvalsNeeded,
  requirements: requests.requirements,
  breakGlass: requests.breakGlass,
  standingHours: requests.standingHours,
  standingOf: requests.standingOf,
  standingEndedAt: requests.standingEndedAt,
  /** The number of the session that ended when its account became stricter, and for which the policy asks anew. */
  carriedFrom: sql<
    number | null
  >`(select s.number from sessions s where s.id = ${requests.carriedFrom})`,
  policyVersion: requests.policyVersion,
  createdAt: requests.createdAt,
  lapsesAt: requests.lapsesAt,
  grantedAt: requests.grantedAt,
  startBy: requests.startBy,
  closedAt: requests.closedAt,
  returnPath: requests.returnPath,
  targetLinkUri: requests.targetLinkUri,
  ask: sql<string>`encode(${requests.askHash}, 'hex')`,
  actor: { id: actor.id, name: actor.name, team: actor.team },
  subject: {
    id: subjects.id,
    externalId: subjects.externalId,
    name: subjects.name,
    lang: subjects.lang,
    email: subjects.email,
    role: subjects.role,
    isOwner: subjects.isOwner,
    isVip: subjects.isVip,
  },
  account: {
    id: accounts.id,
    externalId: accounts.externalId,
    name: accounts.name,
    tier: accounts.tier,
    stance: accounts.stance,
  },
  product: { id: products.id, name: products.name },
  place: placeAt(requests.createdAt),
};

const query = (db: Reader) =>
  db
    .select(columns)
    .from(requests)
    .innerJoin(actor, eq(actor.id, requests.actorId))
    .innerJoin(subjects, eq(subjects.id, requests.subjectId))
    .innerJoin(accounts, eq(accounts.id, requests.accountId))
    .innerJoin(products, eq(products.id, requests.productId));

type Row = Awaited<ReturnType<typeof query>>[number];
export type RequestVote = {
  requestId: string;
  by: { id: string; name: string };
  vote: "approve" | "deny";
  minutes: number | null;
  comment: string | null;
  at: Date;
};
export type RequestView = Row & { votes: RequestVote[]; at: Date };

/** Adds the votes, and the status that holds at this moment rather than the one last written down. */
async function complete(db: Reader, rows: Row[]): Promise<RequestView[]> {
  if (rows.length === 0) return [];
  const at = await clock(db);
  const votes = await db
    .select({
      requestId: approvals.requestId,
      by: { id: staff.id, name: staff.name },
      vote: approvals.vote,
      minutes: approvals.minutes,
      comment: approvals.comment,
      at: approvals.createdAt,
    })
    .from(approvals)
    .innerJoin(staff, eq(staff.id, approvals.approverId))
    .where(
      inArray(
        approvals.requestId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(approvals.createdAt));
  return rows.map((row) => ({
    ...row,
    status: statusAt(row, at),
    votes: votes.filter((vote) => vote.requestId === row.id),
    at,
  }));
}

/** Whether this member of staff could decide on the request in the row, and bring it nearer; the schema asks the same of each vote. */
const mayDecide = (staffId: string) => sql<boolean>`vote_helps(${staffId}::uuid, ${requests})`;

/** One request, for its actor and for whoever sees the queue; null for others: unknown and forbidden answer alike. */
export async function readRequest(ctx: Ctx<StaffActor>, id: string) {
  const [row] = await query(ctx.db).where(eq(requests.id, id));
  if (!row) return null;
  if (row.actor.id !== ctx.actor.id && reach(ctx.actor, "see_queue") !== "all") return null;
  const [view] = await complete(ctx.db, [row]);
  if (!view) return null;
  const [can] = await ctx.db
    .select({ decide: mayDecide(ctx.actor.id) })
    .from(requests)
    .where(eq(requests.id, id));
  return { ...view, canDecide: view.status === "pending" && (can?.decide ?? false) };
}

/** This actor's own requests, newest first. */
export async function readOwnRequests(ctx: Ctx<StaffActor>, input: PageInput, limit = 30) {
  const from = keyset(requests.createdAt, requests.id, input);
  const rows = await query(ctx.db)
    .where(and(eq(requests.actorId, ctx.actor.id), from.where))
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  const page = toPage(rows, limit, from);
  return { ...page, rows: await complete(ctx.db, page.rows) };
}

/**
 * Requests for one person, or for anybody of an account, that came to no session: denied, taken back or lapsed. As far as
 * this reader reads the history (DESIGN §2), newest first.
 */
export async function readCameToNothing(
  ctx: Ctx<StaffActor>,
  of: { subjectId: string } | { accountId: string },
  input: PageInput,
  limit = 10,
) {
  const from = keyset(requests.createdAt, requests.id, input);
  const rows = await query(ctx.db)
    .where(
      and(
        "subjectId" in of
          ? eq(requests.subjectId, of.subjectId)
          : eq(requests.accountId, of.accountId),
        inArray(requests.status, ["denied", "cancelled", "lapsed"]),
        withinReach(ctx, "read_audit", requests.actorId),
        from.where,
      ),
    )
    .orderBy(...from.orderBy)
    .limit(limit + 1);
  const page = toPage(rows, limit, from);
  return { ...page, rows: await complete(ctx.db, page.rows) };
}

/** The actor's requests that are open now: waiting for others, or granted and waiting for a start. */
export async function readOwnOpen(ctx: Ctx<StaffActor>) {
  const rows = await query(ctx.db)
    .where(
      and(eq(requests.actorId, ctx.actor.id), inArray(requests.status, ["pending", "granted"])),
    )
    .orderBy(desc(requests.createdAt))
    .limit(20);
  const views = await complete(ctx.db, rows);
  return views.filter((view) => view.status === "pending" || view.status === "granted");
}
