import type { Actor } from "#lib/kernel/actor.ts";
import type { Role } from "#lib/vocabulary.ts";

/** Everything that staff can be let to do (DESIGN §2). Pages, actions and verbs ask for one of these by name. */
export const permissions = [
  "search",
  "open_subject",
  "read_notices",
  "ask",
  "start",
  "decide",
  "lift_limits",
  "be_away",
  "see_queue",
  "see_live",
  "end_session",
  "review_sessions",
  "read_audit",
  "see_reviews",
  "attest",
  "run_reviews",
  "see_findings",
  "dispose_findings",
  "answer_findings",
  "see_evidence",
  "export_evidence",
  "release_names",
  "see_exposure",
  "decide_proposals",
  "change_flags",
  "see_settings",
  "change_settings",
] as const;
export type Permission = (typeof permissions)[number];

/** How far a permission goes: one's own things, those of one's team, everybody's. */
export const reaches = ["none", "own", "team", "all"] as const;
export type Reach = (typeof reaches)[number];

const everybody = { search: "all", open_subject: "all", read_notices: "own" } as const;

const table: Record<Role, Partial<Record<Permission, Reach>>> = {
  agent: {
    ...everybody,
    ask: "own",
    start: "own",
    see_queue: "own",
    see_live: "own",
    end_session: "own",
    read_audit: "own",
    answer_findings: "own",
  },
  manager: {
    ...everybody,
    decide: "all",
    lift_limits: "all",
    be_away: "own",
    see_queue: "all",
    see_live: "all",
    end_session: "all",
    review_sessions: "all",
    read_audit: "team",
    see_reviews: "own",
    attest: "own",
    see_findings: "team",
    dispose_findings: "team",
    // About approvals: those too can be unusual.
    answer_findings: "own",
    // Of the kinds that are a manager's; the others see all that waits for a second person.
    decide_proposals: "own",
    change_flags: "all",
  },
  compliance: {
    ...everybody,
    // Where a rule of the policy wants their vote, and only there.
    decide: "all",
    be_away: "own",
    see_queue: "all",
    see_live: "all",
    // Of what a rule wanted their vote for.
    review_sessions: "all",
    read_audit: "all",
    see_reviews: "all",
    run_reviews: "all",
    see_findings: "all",
    dispose_findings: "all",
    see_evidence: "all",
    export_evidence: "all",
    release_names: "all",
    see_exposure: "all",
    decide_proposals: "all",
    see_settings: "all",
  },
  admin: {
    ...everybody,
    // Of others too.
    be_away: "all",
    see_queue: "all",
    see_live: "all",
    end_session: "all",
    read_audit: "all",
    see_reviews: "all",
    see_findings: "all",
    see_exposure: "all",
    see_evidence: "all",
    decide_proposals: "all",
    see_settings: "all",
    change_settings: "all",
  },
};

/** How far this actor's permission goes: the furthest of the roles held. Only staff have permissions. */
export function reach(actor: Actor, permission: Permission): Reach {
  return actor.kind === "staff" ? reachOf(actor.roles, permission) : "none";
}

/** The same of who holds these roles. */
export function reachOf(roles: readonly Role[], permission: Permission): Reach {
  const furthest = Math.max(
    0,
    ...roles.map((role) => reaches.indexOf(table[role][permission] ?? "none")),
  );
  return reaches[furthest] ?? "none";
}

/** Whether the actor has the permission at all; what it reaches is for the verb or query to check. */
export const may = (actor: Actor, permission: Permission): boolean =>
  reach(actor, permission) !== "none";

/** What a role lets one do and how far, as a review shows it: "decide:all". */
export const permissionsOf = (role: Role): string[] =>
  permissions.flatMap((permission) => {
    const far = table[role][permission];
    return far && far !== "none" ? [`${permission}:${far}`] : [];
  });
