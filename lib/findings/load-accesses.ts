import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { FindingsPolicy } from "#lib/policy/findings-policy.ts";
import type { Scope } from "#lib/vocabulary.ts";
import type { Access } from "./facts.ts";
import { explainedSql, justClosedSql } from "./ticket-then.ts";

/**
 * The sessions around those that began: of the actor within a day, and without a ticket within a week; of actor and
 * account, or subject, within 90 days before.
 */
const selectAround = preparedStatement<{ id: string }>(
  "findings_around",
  `with new as (select id, request_id, actor_id, subject_id, account_id, started_at from sessions where id = any($1::uuid[]))
   select s.id from (select actor_id, min(started_at) - interval '1 day' as low, max(started_at) + interval '1 day' as high
       from new group by 1) n
     join sessions s on s.actor_id = n.actor_id and s.started_at between n.low and n.high
   union
   select s.id from (select actor_id, subject_id, min(started_at) - interval '90 days' as low, max(started_at) as high
       from new group by 1, 2) n
     join sessions s on s.subject_id = n.subject_id and s.actor_id = n.actor_id and s.started_at between n.low and n.high
   union
   select s.id from (select n.actor_id, min(n.started_at) - interval '7 days' as low, max(n.started_at) as high
       from new n join requests r on r.id = n.request_id where r.ticket is null group by 1) n
     join sessions s on s.actor_id = n.actor_id and s.started_at between n.low and n.high
     join requests r on r.id = s.request_id and r.ticket is null
   union
   select s.id from (select actor_id, account_id, min(started_at) - interval '90 days' as low, max(started_at) as high
       from new group by 1, 2) n
     join sessions s on s.account_id = n.account_id and s.actor_id = n.actor_id and s.started_at between n.low and n.high`,
);

export const idsAround = async (tx: Transaction, started: readonly string[]): Promise<string[]> =>
  started.length === 0 ? [] : (await selectAround(tx, started)).map(({ id }) => id);

type Row = Omit<Access, "at" | "isUpgrade" | "scope"> & { at: string; scope: Scope };

const asked = ["s.account_id", "p.email", "s.started_at", "e.occurred_at"] as const;

const select = preparedStatement<Row & { upgraded: boolean }>(
  "findings_accesses",
  `select s.id, s.number, s.scope, extract(epoch from s.started_at) * 1000 as at, s.actor_id as "actorId",
     s.subject_id as "subjectId", u.name as subject, s.account_id as "accountId", a.name as account,
     ${explainedSql(...asked)} or s.scope = 'read' and ${justClosedSql(...asked, "$2")} as explained,
     r.ticket is not null as "namesTicket", s.scope = 'write' and r.reason_category = 'onboarding' as "isOnboarding", r.break_glass as "brokeGlass",
     s.scope = 'write' and exists (select from sessions b where b.actor_id = s.actor_id and b.subject_id = s.subject_id
       and b.end_cause = 'upgraded' and b.started_at <= s.started_at
       and b.started_at > s.started_at - interval '61 minutes'
       and b.ended_at between s.started_at - interval '10 seconds' and s.started_at) as upgraded
   from sessions s join staff p on p.id = s.actor_id join subjects u on u.id = s.subject_id
     join accounts a on a.id = s.account_id join audit_entry e on e.id = s.started_entry_id
     join requests r on r.id = s.request_id
   where s.id = any($1::uuid[])`,
);

/** These sessions, as they were when they began. */
export async function loadAccesses(
  tx: Transaction,
  ids: ReadonlySet<string>,
  { closedTicketGraceHours }: Pick<FindingsPolicy, "closedTicketGraceHours">,
): Promise<Map<string, Access>> {
  const rows = ids.size === 0 ? [] : await select(tx, [...ids], closedTicketGraceHours);
  return new Map(
    rows.map(({ upgraded, ...row }) => [
      row.id,
      { ...row, at: Number(row.at), isUpgrade: upgraded },
    ]),
  );
}
