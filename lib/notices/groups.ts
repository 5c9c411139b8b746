import type { StaffActor } from "#lib/kernel/actor.ts";
import { may, type Permission } from "#lib/staff/rights.ts";
import { type NoticeGroup, type NoticeKind, noticeGroups } from "#lib/vocabulary.ts";

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

type Part = {
  /** Without this none of it ever reaches a person; null: it may reach anybody; `reports`: to whom somebody reports. */
  needs: Permission | "reports" | null;
  means: string;
};
const groups: Record<NoticeGroup, { name: string; parts: readonly Part[] }> = {
  approvals: {
    name: "Requests to decide on",
    parts: [{ needs: "decide", means: "Somebody asks you, or reminds you." }],
  },
  own_requests: {
    name: "Your own requests",
    parts: [{ needs: "ask", means: "Somebody decided, it lapsed, or nobody may decide." }],
  },
  sessions: {
    name: "Sessions to look over",
    parts: [
      {
        needs: "review_sessions",
        means: "What was done in a session that you approved, or of your team.",
      },
      { needs: "reports", means: "Who of your people reached for many customers." },
    ],
  },
  proposals: {
    name: "A second person",
    parts: [
      { needs: "decide_proposals", means: "What waits for a second person, and its outcome." },
    ],
  },
  reviews: {
    name: "Reviews and findings",
    parts: [
      { needs: "see_reviews", means: "Items that become yours or are due." },
      { needs: "answer_findings", means: "Questions to you about what you did." },
      { needs: null, means: "Tasks of a review that are given to you." },
    ],
  },
};

export const groupName = (group: NoticeGroup): string => groups[group].name;

/**
 * What can reach this person by the roles that they hold, and by whether anybody reports to them: nobody chooses about what is
 * never theirs.
 */
export const groupsOf = (
  actor: StaffActor,
  hasReports: boolean,
): { group: NoticeGroup; name: string; means: string }[] =>
  noticeGroups.flatMap((group) => {
    const parts = groups[group].parts.filter(({ needs }) =>
      needs === "reports" ? hasReports : needs === null || may(actor, needs),
    );
    const means = parts.map((part) => part.means).join(" ");
    return parts.length > 0 ? [{ group, name: groups[group].name, means }] : [];
  });
