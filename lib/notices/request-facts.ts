import { eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Reader } from "#db/client.ts";
import { builtOnce } from "#db/prepared.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import { approvals, requests, sessions } from "#db/schema/impersonation.ts";
import { staff } from "#db/schema/staff.ts";
import { statusAt } from "#lib/requests/rules.ts";
import type { Found } from "./facts.ts";

const actor = alias(staff, "actor");
/** Lately: days over which it is counted how often an actor stood in for an account. */
export const latelyDays = 90;

const requestsIn = builtOnce((db) =>
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
    .where(sql`${requests.id} = any(${sql.placeholder("ids")}::uuid[])`)
    .prepare("notice_requests"),
);

const votesIn = builtOnce((db) =>
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
    .where(sql`${approvals.requestId} = any(${sql.placeholder("ids")}::uuid[])`)
    .orderBy(approvals.createdAt)
    .prepare("notice_votes"),
);

/** Requests by their ids, as they stand at `at`, with their votes, oldest first. */
export const readRequests = async (db: Reader, ids: readonly string[], at: Date) => {
  if (ids.length === 0) return new Map<string, never>();
  const [rows, votes] = await Promise.all([
    requestsIn(db).execute({ ids }),
    votesIn(db).execute({ ids }),
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

export type RequestFacts = Found<typeof readRequests>;
