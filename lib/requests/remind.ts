import { preparedStatement } from "#db/prepared.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
import { about, lockRequest } from "./lock.ts";
import { statusAt } from "./rules.ts";

/**
 * The actor reminds whoever was asked and can still decide, at most every two minutes. Gives their names. Refuses with
 * `too_often`, `not_found`, `lapsed`, `not_pending`, and `conflict` where nobody is left to remind.
 */
export async function remind(
  ctx: Ctx<StaffActor>,
  input: { requestId: string },
): Promise<Result<{ names: string[] }>> {
  const often = await limited(ctx, "reminder_of_request", `${ctx.actor.id} ${input.requestId}`);
  if (often) return { ok: false, error: often };
  return transact(ctx, { event: "request.refused", requestId: input.requestId }, async (tx) => {
    const { request, at } = await lockRequest(tx, input.requestId);
    if (request.actorId !== ctx.actor.id) refuse("not_found", "Nothing here that you may see.");
    if (statusAt(request, at) === "lapsed") refuse("lapsed", "The request had lapsed before.");
    if (request.status !== "pending")
      refuse("not_pending", "It is decided already, so there is nobody to remind.");
    const people = await asked(tx, request.id);
    if (people.length === 0)
      refuse("conflict", "Nobody who was asked can decide any more, so there is nobody to remind.");
    const names = people.map(({ name }) => name);
    const ids = people.map(({ id }) => id);
    const entryId = await recordAudit(tx, ctx, {
      event: "request.reminded",
      ...about(request),
      body: {
        what: `${requestNumber(request.number)}: reminded ${new Intl.ListFormat("en").format(names)}`,
        asked: ids,
        names,
      },
    });
    await setReminded(tx, request.id, ids, entryId);
    return { names };
  });
}

const asked = preparedStatement<{ id: string; name: string }>(
  "reminder_asked",
  `select s.id, s.name from request_asks a join staff s on s.id = a.approver_id
    where a.request_id = $1::uuid and may_vote(a.request_id, s.id) order by a.asked_at, s.name`,
);
const setReminded = preparedStatement(
  "reminder_set",
  `update request_asks set reminded_at = clock_timestamp(), reminded_entry_id = $3::uuid
    where request_id = $1::uuid and approver_id = any($2::uuid[])`,
);
