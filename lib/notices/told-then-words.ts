import { bare, type Words } from "./bare-words.ts";
import type { NoticeFacts } from "./facts.ts";
import { oneLine } from "./plain.ts";
import { proposed } from "./proposal-words.ts";
import type { RequestFacts } from "./request-facts.ts";
import { whatIsAsked } from "./request-words.ts";
import { brokenGlass, session } from "./session-words.ts";

/**
 * For who may not see any more what a notice is about: what they were told then, which is theirs, and leads nowhere. Of a
 * request that they were asked about also that it is decided and by whom, as every copy says; not how, nor why.
 */
export function toldThen(facts: NoticeFacts): Words {
  const { request, proposal } = facts;
  switch (facts.kind) {
    case "request_asked":
    case "request_reminded":
      if (!request) return bare(facts);
      return {
        ...bare(facts),
        ...whatIsAsked(facts, request, null),
        outcome: overFor(request),
        requestId: request.id,
      };
    case "session_done":
    case "session_review":
      return { ...session({ ...facts, verdict: null }), links: [] };
    case "break_glass":
      return { ...brokenGlass(facts), links: [] };
    case "proposal_made":
    case "proposal_decided": {
      if (!proposal) return bare(facts);
      const then = proposed(facts, { ...proposal, status: "pending", comment: null });
      const told = then.facts.filter(({ label }) => label !== "Decide until");
      return { ...then, facts: told, links: [] };
    }
    default:
      return bare(facts);
  }
}

function overFor({ status, votes }: RequestFacts): string {
  if (status === "pending") return "It is not yours to decide any more.";
  const names = votes.map(({ by }) => oneLine(by.name));
  const who = names.length > 0 ? new Intl.ListFormat("en").format(names) : null;
  const what = who && status !== "cancelled" ? `${who} decided on it.` : "It is closed.";
  return `${what} You may see no more of it now.`;
}
