import type { SessionPage, Told } from "#lib/impersonation/timeline.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { type Policy, reasonLabel } from "#lib/policy/policy.ts";
import {
  basisWords,
  callerCheckWords,
  endedWords,
  sensitivityWords,
} from "#lib/vocabulary-labels.ts";

type Facts = (readonly [string, string | null])[];

/** Who, for whom, why, and who let it happen. */
export function sessionFacts(session: SessionPage, story: readonly Told[], policy: Policy): Facts {
  const { actor, subject, account, request } = session;
  const approvals = story.filter(({ event }) => event === "request.approved");
  const because = request.sensitiveBecause.map((one) => sensitivityWords[one]).join(", and ");
  const approved = approvals
    .map(
      ({ body, at }) =>
        `${typeof body.by === "string" ? body.by : "Somebody"}, ${at.toISOString()}`,
    )
    .join("; ");
  return [
    ["Actor", `${actor.name}, ${actor.team}`],
    ["Subject", `${subject.name} (${subject.externalId})`],
    ["Account", `${account.name} (${account.externalId}), ${account.tier}`],
    ["Product", `${session.product.name}, ${session.product.environment}`],
    ["Scope", scopeWords(session)],
    ["Reason", reasonLabel(policy, request.reasonCategory)],
    ["Lawful basis", basisWords[request.lawfulBasis]],
    ["Verified by", callerCheckWords[request.callerCheck]],
    ["Ticket", request.ticket],
    ["Request", `${requestNumber(request.number)}, policy ${session.policyVersion}`],
    [
      "Approval",
      approved || (request.breakGlass ? "Nobody: break-glass" : "None was needed by policy"),
    ],
    ...(because ? [["Needed, since", because] as const] : []),
  ];
}

function scopeWords({ grantedScope, narrowedAt }: SessionPage): string {
  if (grantedScope === "read") return "Looking: change nothing";
  const until = narrowedAt ? `, until ${narrowedAt.toISOString()}; then looking only` : "";
  return `Acting: look and change${until}`;
}

/** When, how long, how much, and how it ended. */
export function sessionSums(session: SessionPage): Facts {
  const { startedAt, endedAt, endCause, endedBy, endComment } = session;
  const seconds = endedAt ? Math.round((endedAt.getTime() - startedAt.getTime()) / 1000) : null;
  return [
    ["Started", startedAt.toISOString()],
    ["Ended", endedAt?.toISOString() ?? "Not yet: this is how it stood when the document was made"],
    [
      "How it ended",
      endCause &&
        endedWords(endCause, endedBy?.name ?? null) + (endComment ? `: “${endComment}”` : ""),
    ],
    [
      "Lasted",
      seconds === null
        ? null
        : `${Math.floor(seconds / 60)} min ${seconds % 60} s of ${session.minutes} min`,
    ],
    ["Reads, writes, refusals", `${session.reads}, ${session.writes}, ${session.refusals}`],
  ];
}
