import { and, eq } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { tickets } from "#db/schema/directory.ts";
import { entryRow } from "#lib/audit/record.ts";
import type { SubjectFacts } from "#lib/directory/facts.ts";
import type { Actor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId, requestNumber, sessionNumber } from "#lib/kernel/ids.ts";
import { refuse } from "#lib/kernel/result.ts";
import { decide } from "#lib/policy/decide.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { votesNeeded } from "#lib/policy/requirements.ts";
import { sensitivity } from "#lib/policy/sensitivity.ts";
import { startBy } from "./rules.ts";
import type { Ask } from "./schemas.ts";
import { standingFor } from "./standing.ts";

/** What an ask meets: read before the rules, in one transaction or statement with the clock. */
export type MetByAsk = { policy: Policy; subject: SubjectFacts; at: Date; number: number };

/** Decides on an ask, and gives what it puts on record; nothing is written. Refuses as `ask` does. */
export async function prepareAsk(
  db: Reader,
  ctx: Ctx<StaffActor>,
  input: Ask,
  { policy, subject, at, number }: MetByAsk,
) {
  const decision = decide(ctx.actor, subject, policy, input.scope);
  if (decision.kind === "refuse") refuse(decision.code, decision.message);
  const ticket = await checkTicket(db, policy, input, subject);
  const minutes = Math.min(input.minutes, policy.maxMinutes);
  const target = checkTarget(input.targetLinkUri, subject.product.origin);
  const basis = policy.reasons.find((r) => r.category === input.reasonCategory)?.basis;
  if (!basis)
    refuse("invalid", "One answer needs another look.", {
      fields: { reasonCategory: "The policy does not know this reason any more." },
    });

  const wanted = decision.kind === "allow" ? [] : decision.requirements;
  const standing =
    ticket && wanted.length > 0
      ? await standingFor(db, {
          ...{
            actorId: ctx.actor.id,
            accountId: subject.account.id,
            productId: subject.product.id,
          },
          ...{ ticket, scope: input.scope, minutes, wanted, because: sensitivity(subject) },
        })
      : null;
  const standingHours =
    wanted.length > 0 && !standing ? checkStanding(policy, input.standingHours, ticket) : null;

  const id = newId();
  const facts = { accountId: subject.account.id, subjectId: subject.subjectId, requestId: id };
  const index = { ticket, reasonCategory: input.reasonCategory };
  const verb = input.scope === "write" ? "act" : "look";
  const { carriedOver: from } = input;
  const byPolicy: Ctx<Actor> = { ...ctx, actor: { kind: "system", part: "policy" } };
  const asked = entryRow(from ? byPolicy : ctx, {
    event: "request.asked",
    ...facts,
    actorId: ctx.actor.id,
    body: {
      what: from
        ? `Asked anew for ${ctx.actor.name} to ${verb} as ${subject.name}, ${minutes} min: ${sessionNumber(from.number)} ended when the account became stricter`
        : `Asked to ${verb} as ${subject.name}, ${minutes} min`,
      ...(from && { carried_over: sessionNumber(from.number) }),
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
      wants: wanted,
      standing_hours: standingHours,
    },
    index,
  });
  const row = {
    id,
    number,
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
    approvalsNeeded: votesNeeded(wanted),
    lapsesAt: new Date(at.getTime() + policy.lapseMinutes * 60_000),
    askedEntryId: asked.id,
    standingHours,
    standingOf: standing?.id ?? null,
    carriedFrom: from?.id ?? null,
  };
  if (wanted.length > 0 && !standing)
    return { row, entries: [asked], status: "pending" as const, grant: null, approvers: [] };

  const granted = entryRow(byPolicy, {
    event: "request.granted",
    ...facts,
    actorId: ctx.actor.id,
    body: {
      what: standing
        ? `${requestNumber(number)} allowed by the approval of ${requestNumber(standing.number)}, which stands`
        : `${requestNumber(number)} allowed by policy ${policy.version}`,
      policy: policy.version,
      minutes,
      ...(standing && {
        standing_of: requestNumber(standing.number),
        approved_by: standing.approvers,
      }),
    },
    index,
  });
  const grant = {
    grantedMinutes: minutes,
    startBy: startBy(at, policy),
    grantedEntryId: granted.id,
  };
  const approvers = standing?.approvers ?? [];
  return { row, entries: [asked, granted], status: "granted" as const, grant, approvers };
}

/** For how many hours the approval is to stand; null: for this once. Refuses with `invalid` what the policy lets nobody ask. */
function checkStanding(
  policy: Policy,
  hours: number | undefined,
  ticket: string | null,
): number | null {
  if (!hours) return null;
  const invalid = (standingHours: string): never =>
    refuse("invalid", "One answer needs another look.", { fields: { standingHours } });
  if (hours > policy.standing.maxHours)
    return invalid(
      policy.standing.maxHours === 0
        ? "The policy lets no approval stand: ask for this once."
        : `The policy lets an approval stand for ${policy.standing.maxHours} hours at most.`,
    );
  if (!ticket) return invalid("An approval stands for a ticket: name it above.");
  return hours;
}

async function checkTicket(
  db: Reader,
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
  const [known] = await db
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
