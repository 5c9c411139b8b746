import type { NavEntry, NavGroup } from "#components/shell/nav.tsx";
import type { ToLookAtCount } from "#lib/impersonation/to-look-at-count.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { may, reach } from "#lib/staff/rights.ts";
import { searchName, sessionsName } from "../_words/place-names.ts";

/** What waits or lasts, as far as this reader sees it. */
export type NavCounts = {
  waiting: number;
  ownOpen: number;
  live: number;
  findings: number;
  asked: number;
  /** Items of access reviews that wait for this reader. */
  reviews: number;
  /** What the reader has to do elsewhere after one. */
  tasks: number;
  /** Notices that the reader has not read. */
  unread: number;
  /** What waits for this reader as the second person. */
  proposals: number;
  /** Sessions that wait for this reader to say how they were. */
  toLookAt: ToLookAtCount;
};

/** One list by role: what one may not open is not in it. Two roles: the union. */
export function navGroups(actor: StaffActor, counts: NavCounts): NavGroup[] {
  const seesQueue = reach(actor, "see_queue") === "all";
  const main: (NavEntry | false)[] = [
    {
      href: "/",
      label: searchName(actor),
      icon: "search",
      key: "s",
    },
    {
      href: "/inbox",
      label: "Inbox",
      icon: "bell",
      key: "i",
      count: counts.unread,
      waits: true,
    },
    seesQueue && {
      href: "/requests",
      label: "Requests",
      icon: "inbox",
      key: "r",
      count: counts.waiting,
      waits: true,
    },
    !seesQueue && {
      href: "/requests",
      label: "My requests",
      icon: "inbox",
      key: "r",
      count: counts.ownOpen,
    },
    counts.toLookAt.count > 0 && {
      href: "/sessions/to-look-at",
      label: "To look at",
      icon: "review",
      ...counts.toLookAt,
      waits: true,
    },
    reach(actor, "see_live") === "all" && {
      href: "/sessions/live",
      label: "Live sessions",
      icon: "live",
      key: "l",
      count: counts.live,
    },
    {
      href: "/sessions",
      label: sessionsName(actor),
      icon: "list",
      key: "p",
    },
  ];
  return [
    { entries: main.filter((entry) => entry !== false) },
    {
      title: "Oversight",
      entries: [
        { href: "/audit", label: "Audit log", icon: "doc", key: "a" },
        ...(may(actor, "see_evidence")
          ? [{ href: "/evidence", label: "Evidence", icon: "seal" } satisfies NavEntry]
          : []),
        ...findingEntries(actor, counts),
        ...(may(actor, "see_reviews")
          ? [
              {
                href: "/reviews",
                label: "Access reviews",
                icon: "review",
                key: "v",
                count: counts.reviews,
                waits: true,
              } satisfies NavEntry,
            ]
          : []),
        ...(counts.tasks > 0
          ? [
              {
                href: "/reviews/tasks",
                label: "Your tasks",
                icon: "check",
                count: counts.tasks,
                waits: true,
              } satisfies NavEntry,
            ]
          : []),
        ...(counts.proposals > 0
          ? [
              {
                href: "/proposals",
                label: "Second person",
                icon: "two",
                count: counts.proposals,
                waits: true,
              } satisfies NavEntry,
            ]
          : []),
        ...(may(actor, "see_exposure") ? [exposure] : []),
      ],
    },
    ...(may(actor, "see_settings")
      ? [
          {
            title: "Settings",
            entries: [
              { href: "/settings/staff", label: "Staff", icon: "two", key: "t" },
              { href: "/settings/notices", label: "Notices", icon: "bell" },
              { href: "/settings/policy", label: "Policy", icon: "gear" },
              { href: "/settings/basis", label: "Lawful basis", icon: "doc" },
              { href: "/settings/stop", label: "Global stop", icon: "stop" },
            ] satisfies NavEntry[],
          },
        ]
      : []),
  ];
}

const exposure: NavEntry = { href: "/exposure", label: "Exposure", icon: "out" };

/** Who disposes of findings, and who is asked about them, each have their page; a manager may be both. */
function findingEntries(actor: StaffActor, { findings, asked }: NavCounts): NavEntry[] {
  const seen: NavEntry = {
    href: "/findings",
    label: "Findings",
    icon: "flag",
    key: "f",
    count: findings,
    waits: may(actor, "dispose_findings"),
  };
  const mine: NavEntry = {
    href: "/findings/mine",
    label: "Questions to me",
    icon: "info",
    count: asked,
    waits: true,
  };
  const isAsked = reach(actor, "see_findings") === "none" ? may(actor, "ask") : asked > 0;
  return [...(may(actor, "see_findings") ? [seen] : []), ...(isAsked ? [mine] : [])];
}
