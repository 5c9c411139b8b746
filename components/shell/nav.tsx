import { Icon, type IconName } from "../ui/icon.tsx";
import { PlainLink } from "../ui/plain-link.tsx";
import { currentOf } from "./places.ts";

export type NavEntry = {
  href: string;
  label: string;
  icon: IconName;
  /** How many. In accent when they wait for the reader, in grey when it only counts; left out at 0. */
  count?: number;
  /** So many at least: "3+". */
  more?: boolean;
  waits?: boolean;
  /** The letter after `G`. */
  key?: string;
};

/** What the reader's roles may open, and nothing else. */
export type NavGroup = { title?: string; entries: readonly NavEntry[] };

type NavListProps = {
  groups: readonly NavGroup[];
  path: string;
  /** Where the page's crumbs lead back to. */
  crumb?: string;
};

/** As the server writes it; the browser reads the places of the panel out of it (`places.ts`). */
export function NavList({ groups, path, crumb }: NavListProps) {
  const hrefs = groups.flatMap(({ entries }) => entries.map(({ href }) => href));
  const current = currentOf(hrefs, path, crumb);
  return (
    <div>
      {groups.map(({ title, entries }) => (
        <div key={title ?? ""}>
          {/* No heading: the page's own begin with its title. */}
          {title && (
            <p className="of" aria-hidden="true">
              {title}
            </p>
          )}
          <ul aria-label={title}>
            {entries.map((entry) => (
              <li key={entry.href}>
                <PlainLink
                  href={entry.href}
                  aria-current={entry.href === current ? "page" : undefined}
                  data-place={entry.label}
                  data-icon={entry.icon}
                  data-go={entry.key}
                >
                  <Icon name={entry.icon} />
                  {entry.label}
                  {entry.count ? (
                    <Count of={entry.count} more={entry.more} waits={entry.waits} />
                  ) : null}
                </PlainLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

type CountProps = { of: number } & Pick<NavEntry, "more" | "waits">;

function Count({ of, more, waits }: CountProps) {
  return (
    <span className={waits ? "count new" : "count"}>
      {more || of > 99 ? `${Math.min(of, 99)}+` : of}
      {waits && <span className="vh"> waiting for you</span>}
    </span>
  );
}
