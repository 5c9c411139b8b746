import { type Found, type Hit, searchSubjects } from "#lib/directory/search.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { decide, subjectRefusal } from "#lib/policy/decide.ts";
import { currentPolicy, type Policy } from "#lib/policy/policy.ts";
import type { Sensitivity } from "#lib/vocabulary.ts";

/** What "To stand in" says of a person to this agent: words without a box. */
export type Verdict =
  | { kind: "ready"; short: string }
  | { kind: "approval"; short: string; approvals: number; because: Sensitivity[] }
  | { kind: "no"; short: string; why: string };

export type SearchRow = Hit & { verdict: Verdict };
export type SearchAnswer = Omit<Found, "hits"> & {
  /** What was asked: an answer to another question than the last is thrown away. */
  q: string;
  rows: SearchRow[];
};

/** The search with what the policy says of each person; the page and its typeahead show the same. */
export async function searchRows(ctx: Ctx<StaffActor>, q: string): Promise<SearchAnswer> {
  const [policy, { hits, ...found }] = await Promise.all([
    currentPolicy(ctx.db),
    searchSubjects(ctx, { q }),
  ]);
  const rows = hits.map((hit) => ({ ...hit, verdict: verdictOf(ctx.actor, hit, policy) }));
  return { q, ...found, rows };
}

function verdictOf(actor: StaffActor, hit: Hit, policy: Policy): Verdict {
  const decision = decide(actor, hit, policy);
  switch (decision.kind) {
    case "allow":
      return { kind: "ready", short: "Ready" };
    case "needs_approval": {
      const { approvals, because } = decision;
      return { kind: "approval", short: "Needs approval", approvals, because };
    }
    case "refuse":
      return {
        kind: "no",
        short: subjectRefusal(hit)?.short ?? "Agents only",
        why: decision.message,
      };
  }
}
