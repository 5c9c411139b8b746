import { transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { about, lockRequest } from "./lock.ts";

/**
 * Puts on record that an approver reads a request for the first time, so that whoever asked sees it. No decision, and nothing
 * for anybody who may not decide on it now. Gives whether it was the first time. The caller knows that a person looks: see
 * `noteOpened`.
 */
export async function recordOpened(ctx: Ctx<StaffActor>, requestId: string): Promise<boolean> {
  const [may] = await mayOpen(ctx.db, requestId, ctx.actor.id);
  if (!may?.first) return false;
  return transaction(ctx.db, async (tx) => {
    // Many tabs, or whatever opens links, at once: one writes it, and none waits with a connection in hand.
    const [turn] = await takeTurn(tx, requestId, ctx.actor.id);
    if (!turn?.taken) return false;
    const { request } = await lockRequest(tx, requestId);
    // One that looked before the other had written finds that it is opened.
    const [still] = await mayOpen(tx, requestId, ctx.actor.id);
    if (!still?.first) return false;
    const entryId = await recordAudit(tx, ctx, {
      event: "request.opened",
      ...about(request),
      body: {
        what: `${requestNumber(request.number)} of ${request.actorName}`,
        asked_by: request.actorName,
        subject: request.subjectName,
        account: request.accountName,
      },
    });
    await open(tx, requestId, ctx.actor.id, entryId);
    return true;
  });
}

const takeTurn = preparedStatement<{ taken: boolean }>(
  "request_opening_turn",
  "select pg_try_advisory_xact_lock(hashtextextended('opening ' || $1::text || ' ' || $2::text, 0)) as taken",
);

const mayOpen = preparedStatement<{ first: boolean }>(
  "request_opening",
  `select not exists (select 1 from request_asks a where a.request_id = r.id and a.approver_id = $2::uuid
        and a.opened_at is not null) and may_vote(r.id, $2::uuid) as first
    from requests r where r.id = $1::uuid and r.status = 'pending' and r.lapses_at > clock_timestamp()`,
);

const open = preparedStatement(
  "request_opened",
  `insert into request_asks (request_id, approver_id, opened_at, opened_entry_id, entry_id)
     values ($1::uuid, $2::uuid, clock_timestamp(), $3::uuid, $3::uuid)
     on conflict (request_id, approver_id) do update
       set opened_at = excluded.opened_at, opened_entry_id = excluded.opened_entry_id`,
);
