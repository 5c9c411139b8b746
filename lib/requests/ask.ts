import { clock, type Reader, type Transaction } from "#db/client.ts";
import { preparedInsert, preparedStatement } from "#db/prepared.ts";
import { requests } from "#db/schema/impersonation.ts";
import { writeEntries } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { readFacts } from "#lib/directory/facts.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { prepareAsk } from "./prepare-ask.ts";
import { ring } from "./rings.ts";
import type { Ask } from "./schemas.ts";

export type Asked = { id: string; number: number; status: "pending" | "granted"; minutes: number };

/**
 * Asks to stand in (DESIGN §5). The policy grants it at once, sends it to approvers, or refuses; each is an entry.
 * Refuses with `not_allowed`, `not_found`, `subject_…`, `account_closed`, `global_stop`, `too_often`, or `invalid` with fields.
 */
export async function ask(ctx: Ctx<StaffActor>, input: Ask): Promise<Result<Asked>> {
  const often = await limited(ctx, "request_of_person", ctx.actor.id);
  if (often) return { ok: false, error: often };
  return transact(
    ctx,
    { event: "request.refused", subjectId: input.subjectId, body: { scope: input.scope } },
    (tx) => askIn(tx, ctx, input),
  );
}

/** The same inside a transaction of a higher verb, which may have drawn the number already. */
export async function askIn(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  input: Ask,
  number?: number | null,
): Promise<Asked> {
  const policy = await currentPolicy(tx);
  const subject = await readFacts(tx, input.subjectId);
  if (!subject) refuse("not_found", "Nothing here that you may stand in for.");
  const at = await clock(tx);
  const met = { policy, subject, at, number: number ?? (await nextNumber(tx)) };
  const { row, grant, entries, status } = await prepareAsk(tx, ctx, input, met);
  await writeEntries(tx, entries);
  await insert(tx, row);
  if (grant)
    await setGranted(tx, row.id, at, grant.startBy, grant.grantedMinutes, grant.grantedEntryId);
  if (status === "pending") await ring(tx, ctx, row.id, policy);
  return { id: row.id, number: met.number, status, minutes: row.minutes };
}

const setGranted = preparedStatement(
  "request_granted",
  `update requests set status = 'granted', granted_at = $2, start_by = $3, granted_minutes = $4,
     granted_entry_id = $5 where id = $1`,
);

async function nextNumber(tx: Reader): Promise<number> {
  const [row] = await drawNumber(tx);
  if (!row) throw new Error("There was no number to draw");
  return row.number;
}

const drawNumber = preparedStatement<{ number: number }>(
  "request_number",
  "select nextval('request_numbers') as number",
);

const insert = preparedInsert(
  "request",
  requests,
  [
    "id",
    "number",
    "actorId",
    "subjectId",
    "accountId",
    "productId",
    "scope",
    "minutes",
    "reasonCategory",
    "lawfulBasis",
    "reason",
    "callerCheck",
    "ticket",
    "targetLinkUri",
    "returnPath",
    "policyVersion",
    "approvalsNeeded",
    "lapsesAt",
    "askedEntryId",
    "standingHours",
    "standingOf",
    "carriedFrom",
  ],
  { id: requests.id },
);
