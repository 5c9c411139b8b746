import { sql } from "drizzle-orm";
import type { PgBoss } from "pg-boss";
import type { Transaction } from "#db/client.ts";
import type { AuditEvent } from "#lib/vocabulary.ts";
import { enqueue, type OutName } from "./queue.ts";
import type { ToTell } from "./recipients.ts";

const ofRequests: readonly AuditEvent[] = [
  "request.approved",
  "request.denied",
  "request.cancelled",
  "request.lapsed",
];
const ofProposals: readonly AuditEvent[] = [
  "proposal.accepted",
  "proposal.declined",
  "proposal.withdrawn",
  "proposal.lapsed",
];

/**
 * Says of the notices that these entries make another thing of that they changed, and of `grown`, that tell of more by now; and wants each copy that is out
 * rewritten. One that is being sent at this moment is seen by whoever marks it sent, since both hold the notice.
 */
export async function outdate(
  tx: Transaction,
  boss: PgBoss,
  entries: ToTell[],
  grown: readonly string[],
): Promise<void> {
  const of = (events: readonly AuditEvent[]) =>
    entries.filter(({ event }) => events.includes(event));
  const requestIds = of(ofRequests).flatMap(({ request }) => request?.id ?? []);
  const decided = of(ofProposals).map(({ entryId }) => entryId);
  const reviewed = of(["session.reviewed"]).map(({ entryId }) => entryId);
  if (requestIds.length + decided.length + reviewed.length + grown.length === 0) return;
  const { rows } = await tx.execute<{ id: string }>(sql`
    update notices set changed = changed + 1 where id in (
      select id from notices where id in (
        select id from notices where request_id = any(${sql.param(requestIds)}::uuid[])
          and kind in ('request_asked', 'request_reminded')
        union all
        select id from unnest(${sql.param([...grown])}::uuid[]) as t(id)
        union all
        select n.id from proposals p join notices n on n.entry_id = p.made_entry_id
          where p.decided_entry_id = any(${sql.param(decided)}::uuid[])
        union all
        select n.id from audit_entry said join audit_entry due
            on due.session_id = said.session_id and due.event = 'session.review_due'
          join notices n on n.entry_id = due.id where said.id = any(${sql.param(reviewed)}::uuid[]))
      order by id for no key update)
    returning id`);
  if (rows.length === 0) return;
  // A statement of its own, after the lock: it sees what was marked sent until then.
  const { rows: sent } = await tx.execute<{ id: string; channel: OutName }>(sql`
    update notice_deliveries d set next_at = clock_timestamp(), tries = 0, wanted = n.changed from notices n
      where n.id = any(${sql.param(rows.map(({ id }) => id))}::uuid[]) and d.notice_id = n.id and d.status = 'sent'
      returning d.id, d.channel`);
  for (const name of new Set(sent.map(({ channel }) => channel)))
    await enqueue(
      tx,
      boss,
      name,
      sent.filter(({ channel }) => channel === name),
    );
}
