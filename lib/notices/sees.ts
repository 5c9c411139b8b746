import { decidingRoles } from "#lib/proposals/rules.ts";
import { reachOf } from "#lib/staff/rights.ts";
import type { NoticeKind, Role } from "#lib/vocabulary.ts";
import type { ProposalFacts } from "./proposal-facts.ts";
import type { RequestFacts } from "./request-facts.ts";

/**
 * Whether a reader may see today what a notice of theirs is about, with the roles that they hold today. Where not, they
 * read what they were told then, and nothing that became of it.
 */
export function sees(
  reader: { id: string; roles: readonly Role[] },
  {
    kind,
    request,
    proposal,
  }: { kind: NoticeKind; request: RequestFacts | null; proposal: ProposalFacts | null },
): boolean {
  const can = (permission: Parameters<typeof reachOf>[1]) => reachOf(reader.roles, permission);
  switch (kind) {
    case "request_asked":
    case "request_reminded":
    case "request_decided":
    case "request_no_approver":
    case "break_glass":
      return can("see_queue") === "all" || request?.actor.id === reader.id;
    case "session_done":
    case "session_review":
      return can("review_sessions") !== "none" || can("read_audit") === "all";
    case "proposal_made":
    case "proposal_decided":
      return (
        can("decide_proposals") === "all" ||
        proposal === null ||
        proposal.proposedBy === reader.id ||
        decidingRoles[proposal.kind].some((role) => reader.roles.includes(role))
      );
    case "review_assigned":
    case "review_due":
      return can("see_reviews") !== "none";
    case "review_task":
    case "finding_asked":
    case "breadth":
    case "staff":
    case "test":
      return true;
  }
}
