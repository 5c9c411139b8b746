import { preparedStatement } from "#db/prepared.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { reach } from "#lib/staff/rights.ts";
import type { Scope } from "#lib/vocabulary.ts";

/** As much of a request as names it. */
export type NamedRequest = {
  id: string;
  number: number;
  scope: Scope;
  actor: string;
  subject: string;
  account: string;
};

/**
 * The request of this number, for its actor and for whoever sees the queue, as `readRequest`; null for others: unknown and
 * forbidden answer alike.
 */
export async function readRequestByNumber(
  ctx: Ctx<StaffActor>,
  number: number,
): Promise<NamedRequest | null> {
  const all = reach(ctx.actor, "see_queue") === "all";
  const [row] = await select(ctx.db, number, all, ctx.actor.id);
  return row ?? null;
}

const select = preparedStatement<NamedRequest>(
  "request_by_number",
  `select r.id, r.number, r.scope, p.name as actor, s.name as subject, a.name as account
    from requests r join staff p on p.id = r.actor_id join subjects s on s.id = r.subject_id
      join accounts a on a.id = r.account_id
    where r.number = $1::integer and ($2::boolean or r.actor_id = $3::uuid)`,
);
