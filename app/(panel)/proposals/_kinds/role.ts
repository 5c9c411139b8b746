import { proposedOfStaff } from "#lib/roster/proposed.ts";
import { capital } from "../../_components/words.ts";
import type { Kind } from "./kind.ts";
import { decideRole } from "./role-actions.ts";
import { staffChanges, staffMeans, staffWould } from "./role-words.ts";

/** Who runs the panel and who is one person: an admin made or let in again, a group's role, accounts taken apart. */
export const roleKind: Kind = {
  name: "Staff",
  title: (proposal) => {
    const wanted = proposedOfStaff(proposal.after);
    return wanted?.of === "group" ? `The group “${wanted.group}”` : capital(staffWould(proposal));
  },
  changes: staffChanges,
  means: staffMeans,
  place: ({ staffId, staffName }) =>
    staffId
      ? { href: `/settings/staff/${staffId}`, label: staffName ?? "The person" }
      : { href: "/settings/staff/groups", label: "Groups of the sign-on" },
  decide: decideRole,
};
