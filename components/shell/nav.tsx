"use client";
import { usePathname } from "next/navigation";
import { Icon, type IconName } from "../ui/icon.tsx";
import { PlainLink } from "../ui/plain-link.tsx";

export type NavEntry = {
  href: string;
  label: string;
  icon: IconName;
  /** How many. In accent when they wait for the reader, in grey when it only counts; left out at 0. */
  count?: number;
  waits?: boolean;
  /** The letter after `G`. */
  key?: string;
};

/** What the reader's roles may open, and nothing else. */
export type NavGroup = { title?: string; entries: readonly NavEntry[] };

type NavListProps = { groups: readonly NavGroup[]; onGo?: () => void };

export function NavList({ groups, onGo }: NavListProps) {
  const path = usePathname();
  const current = currentOf(groups, path);
  return (
    <div>
      {groups.map(({ title, entries }) => (
        <div key={title ?? ""}>
          {title && <h2>{title}</h2>}
          <ul>
            {entries.map((entry) => (
              <li key={entry.href}>
                <PlainLink
                  href={entry.href}
                  onClick={onGo}
                  aria-current={entry.href === current ? "page" : undefined}
                >
                  <Icon name={entry.icon} />
                  {entry.label}
                  {entry.count ? <Count of={entry.count} waits={entry.waits} /> : null}
                </PlainLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function Count({ of, waits }: { of: number; waits?: boolean }) {
  return (
    <span className={waits ? "count new" : "count"}>
      {of > 99 ? "99+" : of}
      {waits && <span className="vh"> waiting for you</span>}
    </span>
  );
}

/** The entry with the longest address that the path lies under; the home only for itself. */
function currentOf(groups: readonly NavGroup[], path: string): string | undefined {
  const under = (href: string) => path === href || (href !== "/" && path.startsWith(`${href}/`));
  return groups
    .flatMap(({ entries }) => entries.map(({ href }) => href))
    .filter(under)
    .sort((a, b) => b.length - a.length)[0];
}
