import type { Customer, Story, Vote } from "#db/seed/history/story.ts";
import type { Entry } from "#lib/audit/record.ts";
import { asSystem } from "#lib/impersonation/end.ts";
import { newId, requestNumber } from "#lib/kernel/ids.ts";
import { votesNeeded } from "#lib/policy/requirements.ts";
import { grantedWithout } from "#lib/requests/ask-without.ts";
import { startBy } from "#lib/requests/rules.ts";
import type { LawfulBasis } from "#lib/vocabulary.ts";
import type { Recorder } from "./recorder.ts";

export type PastRequest = {
  id: string;
  number: number;
  story: Story;
  basis: LawfulBasis;
  minutes: number;
  approvers: string[];
};

/** A request with its entries and votes; how it was closed is filled in by what closed it. */
export function recordRequest(to: Recorder, story: Story, number: number): PastRequest {
  const { policy, product } = to;
  const { actor, customer, askedAt, scope, minutes, vote } = story;
  const id = newId();
  const basis =
    policy.reasons.find(({ category }) => category === story.category)?.basis ?? "contract";
  const facts = { ...factsOf(customer), requestId: id };
  const ticket = story.ticket?.reference ?? null;
  const index = { ticket, reasonCategory: story.category };
  const isSensitive = customer.because.length > 0;
  const wants = isSensitive ? [{ by: "manager" as const, votes: policy.approvals.sensitive }] : [];
  const asker = to.staffAt(actor, askedAt);
  if (story.openedAt)
    to.note(story.openedAt, asker, {
      event: "subject.opened",
      ...factsOf(customer),
      body: { what: `Opened ${customer.name}, ${customer.account.name}`, ...namesOf(customer) },
    });
  const askedEntryId = to.note(askedAt, asker, {
    event: "request.asked",
    ...facts,
    body: {
      what: `Asked to ${scope === "write" ? "act" : "look"} as ${customer.name}, ${minutes} min`,
      ...{ scope, minutes, ticket, reason_category: story.category, reason: story.reason },
      ...{ lawful_basis: basis, caller_check: story.callerCheck, policy: policy.version },
      ...{ wants, standing_hours: null },
      ...namesOf(customer),
    },
    index,
  });
  const about = { ...facts, index };
  const decided = vote && recordVote(to, story, vote, { about, number, asker: asker.actor.name });
  const grantedEntryId = story.glass
    ? to.note(askedAt, asSystem(asker), {
        event: "request.granted",
        ...facts,
        actorId: actor,
        body: grantedWithout(number, minutes, policy),
        index,
      })
    : isSensitive
      ? vote?.minutes
        ? decided
        : null
      : to.note(askedAt, asSystem(asker), {
          event: "request.granted",
          ...facts,
          actorId: actor,
          body: {
            what: `${requestNumber(number)} allowed by policy ${policy.version}`,
            ...{ policy: policy.version, minutes },
          },
          index,
        });
  const grantedAt = grantedEntryId ? (vote?.at ?? askedAt) : null;
  const closedEntryId =
    story.closed &&
    (story.closed.how === "denied" ? decided : recordClosing(to, story, { about, number }));
  if (decided && vote)
    to.tables.approvals.push({
      ...{
        id: newId(),
        request_id: id,
        approver_id: vote.by,
        vote: vote.minutes ? "approve" : "deny",
      },
      ...{ minutes: vote.minutes, comment: vote.comment, policy_version: policy.version },
      ...{ created_at: vote.at, entry_id: decided, ask_hash: "\\x" },
    });
  const grantedMinutes = grantedAt ? (vote?.minutes ?? minutes) : null;
  to.tables.requests.push({
    ...{ id, number, actor_id: actor, subject_id: customer.id, account_id: customer.account.id },
    ...{
      product_id: product.id,
      scope,
      minutes,
      reason_category: story.category,
      reason: story.reason,
    },
    ...{ lawful_basis: basis, caller_check: story.callerCheck, ticket },
    return_path: `/customers/${customer.id}`,
    policy_version: policy.version,
    ...{ sensitive: isSensitive, sensitive_because: customer.because },
    ...{ approvals_needed: story.glass ? 0 : votesNeeded(wants), requirements: wants },
    break_glass: story.glass !== null,
    ...{ ask_hash: "\\x", status: story.visit ? "used" : (story.closed?.how ?? "lapsed") },
    ...{
      created_at: askedAt,
      lapses_at: new Date(askedAt.getTime() + policy.lapseMinutes * 60_000),
    },
    ...{ granted_at: grantedAt, granted_minutes: grantedMinutes },
    start_by: grantedAt && startBy(grantedAt, policy),
    closed_at: story.visit?.startedAt ?? story.closed?.at ?? null,
    ...{
      asked_entry_id: askedEntryId,
      granted_entry_id: grantedEntryId,
      closed_entry_id: closedEntryId,
    },
  });
  const approvers = vote?.minutes ? [to.somebody(vote.by).name] : [];
  return { id, number, story, basis, minutes: grantedMinutes ?? minutes, approvers };
}

export const factsOf = ({ id, account }: Customer) => ({ accountId: account.id, subjectId: id });
export const namesOf = ({ name, account }: Customer) => ({ subject: name, account: account.name });

type About = { about: Omit<Entry, "event" | "body">; number: number };

function recordVote(
  to: Recorder,
  { customer, minutes: asked }: Story,
  vote: Vote,
  { about, number, asker }: About & { asker: string },
): string {
  const { minutes, comment, at, by } = vote;
  const which = `${requestNumber(number)} of ${asker}`;
  const given =
    minutes && minutes < asked ? `, shortened from ${asked} to ${minutes} min` : `, ${minutes} min`;
  return to.note(at, to.staffAt(by, at), {
    event: minutes ? "request.approved" : "request.denied",
    ...about,
    body: {
      what: minutes ? `${which}${given}` : `${which}: “${comment}”`,
      ...{ vote: minutes ? "approve" : "deny", minutes, comment, asked_by: asker },
      ...namesOf(customer),
      policy: to.policy.version,
    },
  });
}

/** The end of a request that came to nothing, without a vote. */
function recordClosing(to: Recorder, story: Story, { about, number }: About): string | null {
  const { actor, customer, closed, vote } = story;
  if (!closed) return null;
  if (closed.how === "cancelled")
    return to.note(closed.at, to.staffAt(actor, closed.at), {
      event: "request.cancelled",
      ...about,
      body: { what: `${requestNumber(number)} cancelled`, ...namesOf(customer) },
    });
  const why = vote ? "it was not started in time" : "nobody decided in time";
  return to.note(closed.at, to.byWorker, {
    event: "request.lapsed",
    ...about,
    actorId: actor,
    body: { what: `${requestNumber(number)} lapsed: ${why}`, ...namesOf(customer) },
  });
}
