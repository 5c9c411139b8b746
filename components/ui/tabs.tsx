import Link from "next/link";

export type TabLink = { label: string; href: string; current?: boolean };

/** Parts of one thing, each a page of its own. */
export function Tabs({ label, links }: { label: string; links: readonly TabLink[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {links.map((link) => (
        <Link key={link.href} href={link.href} aria-current={link.current ? "page" : undefined}>
          {link.label}
        </Link>
      ))}
    </nav>
  );
}
