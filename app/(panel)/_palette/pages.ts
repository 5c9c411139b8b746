import type { PaletteItem } from "#components/keys/palette-answer.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { may, type Permission } from "#lib/staff/rights.ts";

type Page = Pick<PaletteItem, "href" | "label" | "face"> & { needs: Permission };

/** Pages that are not in the navigation, each with what it asks for itself. */
const pages: Page[] = [
  { href: "/me/devices", label: "My devices", face: "list", needs: "search" },
  { href: "/me/notices", label: "What you are told, and how", face: "bell", needs: "read_notices" },
  { href: "/me/away", label: "When you are away", face: "out", needs: "be_away" },
  {
    href: "/sessions/to-look-at",
    label: "Sessions to look at",
    face: "review",
    needs: "review_sessions",
  },
  {
    href: "/requests/breadth",
    label: "How many people agents stand in for",
    face: "two",
    needs: "lift_limits",
  },
  {
    href: "/proposals",
    label: "Waiting for a second person",
    face: "two",
    needs: "decide_proposals",
  },
  { href: "/reviews/tasks", label: "Tasks after reviews", face: "review", needs: "search" },
  { href: "/reviews/new", label: "Open a review…", face: "review", needs: "run_reviews" },
  {
    href: "/audit/export",
    label: "Export the audit log…",
    face: "download",
    needs: "export_evidence",
  },
  { href: "/audit/exports", label: "Exports", face: "download", needs: "export_evidence" },
  { href: "/evidence/guests", label: "Auditors’ access", face: "seal", needs: "see_evidence" },
  {
    href: "/evidence/guests/new",
    label: "Invite an auditor…",
    face: "seal",
    needs: "export_evidence",
  },
  {
    href: "/settings/staff/new",
    label: "Add a person to the staff…",
    face: "two",
    needs: "change_settings",
  },
  {
    href: "/settings/staff/groups",
    label: "Groups of the sign-on",
    face: "two",
    needs: "see_settings",
  },
  {
    href: "/settings/notices/new",
    label: "Add a channel for notices…",
    face: "bell",
    needs: "change_settings",
  },
  {
    href: "/settings/policy/change",
    label: "Change the policy…",
    face: "gear",
    needs: "change_settings",
  },
  {
    href: "/settings/basis/change",
    label: "Change the lawful basis…",
    face: "doc",
    needs: "change_settings",
  },
];

/** Those that this reader may open. */
export const pagesOf = (actor: StaffActor): PaletteItem[] =>
  pages
    .filter(({ needs }) => may(actor, needs))
    .map(({ needs: _, ...page }) => ({ ...page, lang: null, second: null, number: null }));
