import Link from "next/link";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { Reach } from "#lib/staff/rights.ts";
import { address } from "../../_filters/address.ts";
import { type Show, showing } from "./show-params.ts";

type BeforeTabsProps = {
  path: string;
  /** "Person", "Users": what the page is without any of these. */
  first: string;
  label: string;
  show: Show | undefined;
  far: Reach;
  /** Whose sessions and entries the lists with filters are of. */
  of: { subject: string } | { account: string };
};

/** The page of a customer, and each part of their past by itself. */
export function BeforeTabs({ path, first, label, show, far, of }: BeforeTabsProps) {
  const tabs = [
    { is: undefined, href: path, name: first },
    {
      is: "sessions",
      href: showing(path, "sessions"),
      name: far === "own" ? "Your sessions" : "Who stood in",
    },
    { is: "changes", href: showing(path, "changes"), name: "Changes" },
    { is: "requests", href: showing(path, "requests"), name: "Came to nothing" },
  ];
  return (
    <div className="row between">
      <nav className="tabs" aria-label={label}>
        {tabs.map(({ is, href, name }) => (
          <Link
            key={name}
            href={href}
            prefetch={false}
            aria-current={is === show ? "page" : undefined}
          >
            {name}
          </Link>
        ))}
      </nav>
      {far !== "own" && (
        <span className="row sm print:hidden">
          <PlainLink href={address("/sessions", of)}>Past sessions</PlainLink>
          <PlainLink href={address("/audit", of)}>Audit log</PlainLink>
        </span>
      )}
    </div>
  );
}
