import type { NoticeGroup, NoticeKind } from "#lib/vocabulary.ts";

/** Which of the choices a notice follows; null: it goes every way that there is, whatever anybody chose. */
export function groupOf(kind: NoticeKind): NoticeGroup | null {
  switch (kind) {
    case "request_asked":
    case "request_reminded":
      return "approvals";
    case "request_decided":
    case "request_no_approver":
      return "own_requests";
    case "session_done":
    case "session_review":
    case "breadth":
      return "sessions";
    case "proposal_made":
    case "proposal_decided":
      return "proposals";
    case "review_assigned":
    case "review_task":
    case "review_due":
    case "finding_asked":
      return "reviews";
    case "break_glass":
    case "staff":
    case "test":
      return null;
  }
}

/** What a whole team may read: what waits for its approvers, and what was done as customers. The rest is for one person. */
export const teamGroups = ["approvals", "sessions"] as const satisfies readonly NoticeGroup[];

/** Whether a team's channel that has these groups is told of it. */
export function isForTeam(kind: NoticeKind, groups: readonly string[]): boolean {
  if (kind === "break_glass") return true;
  const group = groupOf(kind);
  return kind !== "breadth" && group !== null && isOfTeam(group) && groups.includes(group);
}

const isOfTeam = (group: NoticeGroup): boolean =>
  teamGroups.some((of: NoticeGroup) => of === group);

export const groupWords: Record<NoticeGroup, { name: string; means: string }> = {
  approvals: { name: "Requests to decide on", means: "Somebody asks you, or reminds you." },
  own_requests: {
    name: "Your own requests",
    means: "Somebody decided, it lapsed, or nobody may decide.",
  },
  sessions: {
    name: "Sessions to look over",
    means: "What was done in a session that you approved, or of your team.",
  },
  proposals: { name: "A second person", means: "What waits for a second person, and its outcome." },
  reviews: {
    name: "Reviews and findings",
    means: "Items that become yours or are due, tasks, questions to you.",
  },
};
