import { eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { clock, type Reader } from "#db/client.ts";
import { builtOnce } from "#db/prepared.ts";
import { auditEntry, auditPayload } from "#db/schema/audit.ts";
import { accounts, subjects } from "#db/schema/directory.ts";
import { noticeDeliveries, notices } from "#db/schema/notices.ts";
import { staff } from "#db/schema/staff.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import type { Role, SessionVerdict } from "#lib/vocabulary.ts";
import { bodyOf } from "./body.ts";
import { type ProposalFacts, readProposals } from "./proposal-facts.ts";
import { type RequestFacts, readRequests } from "./request-facts.ts";
import { type ReviewFacts, readReviews } from "./review-facts.ts";
import { sees } from "./sees.ts";
import { readVerdicts } from "./session-facts.ts";

const actor = alias(staff, "actor");
const reader = alias(staff, "reader");

const rowsIn = builtOnce((db) =>
  db
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
      reader: {
        id: reader.id,
        name: reader.name,
        zone: reader.zone,
        roles: sql<Role[]>`array(select h.role from roles_held h where h.staff_id = ${reader.id})`,
      },
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
    .where(sql`${notices.id} = any(${sql.placeholder("ids")}::uuid[])`)
    .prepare("notice_facts"),
);

/** Notices as they were written, with their entries; one that was erased since has an empty body. */
const readRows = async (db: Reader, ids: readonly string[]) =>
  (await rowsIn(db).execute({ ids })).map(({ payload, ...row }) => ({
    ...row,
    body: bodyOf(payload),
  }));
type Row = Awaited<ReturnType<typeof readRows>>[number];

/** What a reader of facts by their ids finds. */
export type Found<Read> = Read extends (...all: never[]) => Promise<infer Maps>
  ? Maps extends Map<string, infer Value>
    ? Value
    : never
  : never;

/** What a notice's words are made of, as it is at this moment. */
export type NoticeFacts = Row & {
  verdict: { verdict: SessionVerdict; by: string } | null;
  request: RequestFacts | null;
  proposal: ProposalFacts | null;
  review: ReviewFacts | null;
  /** Whether its reader may see today what it is about; a team's channel sees what its people ask. */
  sees: boolean;
  now: Date;
};

/** The facts of these notices by their ids, in as many statements for many as for one. */
export async function readNoticeFacts(db: Reader, ids: readonly string[]) {
  const [rows, now] = await Promise.all([ids.length === 0 ? [] : readRows(db, ids), clock(db)]);
  const of = (wanted: (row: Row) => string | null) => [
    ...new Set(rows.flatMap((row) => wanted(row) ?? [])),
  ];
  const [asked, proposed, said, reviews, policy] = await Promise.all([
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
    readReviews(
      db,
      rows
        .filter(({ kind }) => kind.startsWith("review_"))
        .map(({ id, reader, body }) => ({ id, readerId: reader?.id ?? null, body })),
    ),
    currentPolicy(db),
  ]);
  const facts = rows.map((row): NoticeFacts => {
    const request = (row.requestId ? asked.get(row.requestId) : null) ?? null;
    const proposal = proposed.get(row.entryId) ?? null;
    return {
      ...row,
      request,
      proposal,
      sees: row.reader === null || sees(row.reader, { kind: row.kind, request, proposal }),
      review: reviews.get(row.id) ?? null,
      verdict: (row.sessionId ? said.get(row.sessionId) : null) ?? null,
      now,
    };
  });
  return { facts, policy };
}
