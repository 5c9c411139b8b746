import { and, eq } from "drizzle-orm";
import { clock, type Transaction } from "#db/client.ts";
import { preparedInsert, preparedStatement } from "#db/prepared.ts";
import { tickets } from "#db/schema/directory.ts";
import { requests } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { readFacts } from "#lib/directory/facts.ts";
import type { Actor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId, requestNumber } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { limited } from "#lib/limits/limited.ts";
import { decide } from "#lib/policy/decide.ts";
import { currentPolicy, type Policy } from "#lib/policy/policy.ts";
import { startBy } from "./rules.ts";
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

/** The same inside a transaction of a higher verb. */
export async function askIn(tx: Transaction, ctx: Ctx<StaffActor>, input: Ask): Promise<Asked> {
  const policy = await currentPolicy(tx);
  const subject = await readFacts(tx, input.subjectId);
  if (!subject) refuse("not_found", "Nothing here that you may stand in for.");
  const decision = decide(ctx.actor, subject, policy);
  if (decision.kind === "refuse") refuse(decision.code, decision.message);
  const ticket = await checkTicket(tx, policy, input, subject);
  const minutes = Math.min(input.minutes, policy.maxMinutes);
  const target = checkTarget(input.targetLinkUri, subject.product.origin);

  const id = newId();
  const at = await clock(tx);
  const basis = policy.reasons.find((r) => r.category === input.reasonCategory)?.basis;
  if (!basis)
    refuse("invalid", "One answer needs another look.", {
      fields: { reasonCategory: "The policy does not know this reason any more." },
    });
  const facts = { accountId: subject.account.id, subjectId: subject.subjectId, requestId: id };
  const index = { ticket, reasonCategory: input.reasonCategory };
  const body = {
    scope: input.scope,
    minutes,
    reason_category: input.reasonCategory,
    reason: input.reason,
    lawful_basis: basis,
    caller_check: input.callerCheck,
    ticket,
    subject: subject.name,
    account: subject.account.name,
    policy: policy.version,
  };
  const verb = input.scope === "write" ? "act" : "look";
  const askedEntryId = await recordAudit(tx, ctx, {
    event: "request.asked",
    ...facts,
    body: { ...body, what: `Asked to ${verb} as ${subject.name}, ${minutes} min` },
    index,
  });
  const [row] = await insert(tx, {
    id,
    actorId: ctx.actor.id,
    subjectId: subject.subjectId,
    accountId: subject.account.id,
    productId: subject.product.id,
    scope: input.scope,
    minutes,
    reasonCategory: input.reasonCategory,
    lawfulBasis: basis,
    reason: input.reason,
    callerCheck: input.callerCheck,
    ticket,
    targetLinkUri: target,
    returnPath: input.returnPath ?? "/",
    policyVersion: policy.version,
    approvalsNeeded: decision.kind === "allow" ? 0 : decision.approvals,
    lapsesAt: new Date(at.getTime() + policy.lapseMinutes * 60_000),
    askedEntryId,
  });
  if (!row) throw new Error("The request was not stored");
  if (decision.kind === "needs_approval")
    return { id, number: row.number, status: "pending", minutes };

  const byPolicy: Ctx<Actor> = { ...ctx, actor: { kind: "system", part: "policy" } };
  const grantedEntryId = await recordAudit(tx, byPolicy, {
    event: "request.granted",
    ...facts,
    actorId: ctx.actor.id,
    body: {
      what: `${requestNumber(row.number)} allowed by policy ${policy.version}`,
      policy: policy.version,
      minutes,
    },
    index,
  });
  await grant(tx, id, at, startBy(at, policy), minutes, grantedEntryId);
  return { id, number: row.number, status: "granted", minutes };
}

const grant = preparedStatement(
  "request_granted",
  `update requests set status = 'granted', granted_at = $2, start_by = $3, granted_minutes = $4,
     granted_entry_id = $5 where id = $1`,
);

const insert = preparedInsert(
  "request",
  requests,
  [
    "id",
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
  ],
  { number: requests.number },
);

async function checkTicket(
  tx: Transaction,
  policy: Policy,
  input: Ask,
  subject: { product: { id: string }; account: { id: string; name: string } },
): Promise<string | null> {
  const invalid = (ticket: string): never =>
    refuse("invalid", "One answer needs another look.", { fields: { ticket } });
  const ticket = input.ticket?.toUpperCase() || null;
  const reason = policy.reasons.find((r) => r.category === input.reasonCategory);
  if (!ticket) {
    if (reason?.ticket === "required") invalid(`“${reason.label}” needs a ticket, like SUP-4821.`);
    return null;
  }
  if (!new RegExp(policy.ticketPattern).test(ticket))
    invalid(`“${input.ticket}” is not a ticket. Write its project too, like SUP-4821.`);
  const of = { productId: subject.product.id, accountId: subject.account.id };
  const [known] = await tx
    .select({ accountId: tickets.accountId })
    .from(tickets)
    .where(and(eq(tickets.productId, of.productId), eq(tickets.reference, ticket)))
    .limit(1);
  if (known && known.accountId !== of.accountId)
    invalid(`${ticket} is a ticket of another account, not of ${subject.account.name}.`);
  return ticket;
}

/** `target_link_uri` must be a page of the product itself (OpenID Connect Core §4, open redirects). */
function checkTarget(target: string | undefined, origin: string): string | null {
  if (!target) return null;
  const url = URL.parse(target);
  if (!url || url.origin !== origin || url.username || url.password)
    refuse("invalid", "One answer needs another look.", {
      fields: { targetLinkUri: "That page is not one of this product." },
    });
  return url.href;
}
