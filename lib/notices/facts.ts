import { eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { clock, type Reader } from "#db/client.ts";
import { auditEntry, auditPayload } from "#db/schema/audit.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import { approvals, requests, sessions } from "#db/schema/impersonation.ts";
import { noticeDeliveries, notices } from "#db/schema/notices.ts";
import { proposals } from "#db/schema/proposals.ts";
import { sessionReviews } from "#db/schema/session-reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { statusAt } from "#lib/requests/rules.ts";
import type { SessionVerdict } from "#lib/vocabulary.ts";
import { bodyOf } from "./body.ts";

const actor = alias(staff, "actor");
const reader = alias(staff, "reader");
/** Lately: days over which it is counted how often an actor stood in for an account. */
export const latelyDays = 90;

/** Notices as they were written, with their entries; one that was erased since has an empty body. */
const readRows = async (db: Reader, ids: readonly string[]) =>
  (
    await db
      .select({
        id: notices.id,
        kind: notices.kind,
        entryId: notices.entryId,
        requestId: notices.requestId,
        at: notices.at,
        changed: notices.changed,
        event: auditEntry.event,
        sessionId: auditEntry.sessionId,
        payload: auditPayload.body,
        reader: { id: reader.id, name: reader.name, zone: reader.zone },
        actor: { id: actor.id, name: actor.name, team: actor.team },
        subject: { id: subjects.id, name: subjects.name },
        account: { name: accounts.name, tier: accounts.tier },
        failed: sql<
          string[]
        >`array(select ${noticeDeliveries.channel} from ${noticeDeliveries} where ${noticeDeliveries.noticeId} = ${notices.id} and ${noticeDeliveries.status} = 'failed')`,
      })
      .from(notices)
      .innerJoin(auditEntry, eq(auditEntry.id, notices.entryId))
      .leftJoin(auditPayload, eq(auditPayload.entryId, notices.entryId))
      .leftJoin(reader, eq(reader.id, notices.staffId))
      .leftJoin(actor, eq(actor.id, auditEntry.actorId))
      .leftJoin(subjects, eq(subjects.id, auditEntry.subjectId))
      .leftJoin(accounts, eq(accounts.id, auditEntry.accountId))
      .where(inArray(notices.id, [...ids]))
  ).map(({ payload, ...row }) => ({
    ...row,
    body: bodyOf(payload),
  }));
type Row = Awaited<ReturnType<typeof readRows>>[number];

const readRequests = async (db: Reader, ids: readonly string[], at: Date) => {
  if (ids.length === 0) return new Map<string, never>();
  const [rows, votes] = await Promise.all([
    db
      .select({
        id: requests.id,
        number: requests.number,
        status: requests.status,
        scope: requests.scope,
        minutes: requests.minutes,
        grantedMinutes: requests.grantedMinutes,
        reason: requests.reason,
        reasonCategory: requests.reasonCategory,
        callerCheck: requests.callerCheck,
        ticket: requests.ticket,
        approvalsNeeded: requests.approvalsNeeded,
        sensitiveBecause: requests.sensitiveBecause,
        requirements: requests.requirements,
        standingHours: requests.standingHours,
        breakGlass: requests.breakGlass,
        lapsesAt: requests.lapsesAt,
        startBy: requests.startBy,
        closedAt: requests.closedAt,
        ask: sql<string>`encode(${requests.askHash}, 'hex')`,
        actor: { id: actor.id, name: actor.name, team: actor.team },
        subject: { id: subjects.id, name: subjects.name },
        account: { name: accounts.name, tier: accounts.tier },
        product: products.name,
        times: sql<number>`(select count(*)::integer from ${sessions} s where s.actor_id = ${requests.actorId}
          and s.account_id = ${requests.accountId} and s.started_at > ${requests.createdAt} - make_interval(days => ${latelyDays}))`,
      })
      .from(requests)
      .innerJoin(actor, eq(actor.id, requests.actorId))
      .innerJoin(subjects, eq(subjects.id, requests.subjectId))
      .innerJoin(accounts, eq(accounts.id, requests.accountId))
      .innerJoin(products, eq(products.id, requests.productId))
      .where(inArray(requests.id, [...ids])),
    db
      .select({
        requestId: approvals.requestId,
        by: { id: staff.id, name: staff.name },
        vote: approvals.vote,
        minutes: approvals.minutes,
        comment: approvals.comment,
      })
      .from(approvals)
      .innerJoin(staff, eq(staff.id, approvals.approverId))
      .where(inArray(approvals.requestId, [...ids]))
      .orderBy(approvals.createdAt),
  ]);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        status: statusAt(row, at),
        votes: votes.filter(({ requestId }) => requestId === row.id),
      },
    ]),
  );
};

const decider = alias(staff, "decider");
const proposer = alias(staff, "proposer");
const about = alias(staff, "about");

/** Proposals by the entry that made or decided them. */
const readProposals = async (db: Reader, entryIds: readonly string[]) => {
  if (entryIds.length === 0) return new Map<string, never>();
  const ids = [...entryIds];
  const rows = await db
    .select({
      id: proposals.id,
      number: proposals.number,
      kind: proposals.kind,
      status: proposals.status,
      reason: proposals.reason,
      comment: proposals.comment,
      lapsesAt: proposals.lapsesAt,
      madeEntryId: proposals.madeEntryId,
      decidedEntryId: proposals.decidedEntryId,
      by: sql<string>`coalesce(${proposer.name}, ${products.name}, 'The product')`,
      decidedBy: decider.name,
      account: accounts.name,
      person: about.name,
    })
    .from(proposals)
    .leftJoin(proposer, eq(proposer.id, proposals.proposedBy))
    .leftJoin(decider, eq(decider.id, proposals.decidedBy))
    .leftJoin(products, eq(products.id, proposals.productId))
    .leftJoin(accounts, eq(accounts.id, proposals.accountId))
    .leftJoin(about, eq(about.id, proposals.staffId))
    .where(
      sql`${inArray(proposals.madeEntryId, ids)} or ${inArray(proposals.decidedEntryId, ids)}`,
    );
  return new Map(
    rows.flatMap((row) =>
      [row.madeEntryId, row.decidedEntryId].flatMap((id) => (id ? [[id, row] as const] : [])),
    ),
  );
};

/** What somebody said of sessions afterwards. */
const readVerdicts = async (db: Reader, sessionIds: readonly string[]) => {
  if (sessionIds.length === 0) return new Map<string, never>();
  const rows = await db
    .select({
      id: sessionReviews.sessionId,
      verdict: sessionReviews.verdict,
      by: staff.name,
    })
    .from(sessionReviews)
    .innerJoin(staff, eq(staff.id, sessionReviews.reviewerId))
    .where(inArray(sessionReviews.sessionId, [...sessionIds]));
  return new Map(rows.map(({ id, ...said }) => [id, said]));
};

type Found<T> = T extends Promise<Map<string, infer Value>> ? Value : never;
export type RequestFacts = Exclude<Found<ReturnType<typeof readRequests>>, never>;
export type ProposalFacts = Exclude<Found<ReturnType<typeof readProposals>>, never>;

/** What a notice's words are made of, as it is at this moment. */
export type NoticeFacts = Row & {
  verdict: { verdict: SessionVerdict; by: string } | null;
  request: RequestFacts | null;
  proposal: ProposalFacts | null;
  now: Date;
};

/** The facts of these notices by their ids, in as many statements for many as for one. */
export async function readNoticeFacts(db: Reader, ids: readonly string[]) {
  const rows = ids.length === 0 ? [] : await readRows(db, ids);
  const now = await clock(db);
  const of = (wanted: (row: Row) => string | null) => [
    ...new Set(rows.flatMap((row) => wanted(row) ?? [])),
  ];
  const [asked, proposed, said, policy] = await Promise.all([
    readRequests(
      db,
      of((row) => row.requestId),
      now,
    ),
    readProposals(
      db,
      of((row) => (row.event.startsWith("proposal.") ? row.entryId : null)),
    ),
    readVerdicts(
      db,
      of((row) => (row.event === "session.review_due" ? row.sessionId : null)),
    ),
    currentPolicy(db),
  ]);
  const facts = rows.map(
    (row): NoticeFacts => ({
      ...row,
      request: (row.requestId ? asked.get(row.requestId) : null) ?? null,
      proposal: proposed.get(row.entryId) ?? null,
      verdict: (row.sessionId ? said.get(row.sessionId) : null) ?? null,
      now,
    }),
  );
  return { facts, policy };
}
