import Link from "next/link";
import { Icon } from "./icon.tsx";

export type Crumb = { label: string; href?: string; mono?: boolean };

/** Where one is: the last is the page itself. */
export function Crumbs({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="Where you are">
      <ol className="crumbs">
        {items.map(({ label, href, mono }, index) => (
          <li key={label} className="row tight">
            {index > 0 && <Icon name="right" />}
            {href ? (
              <Link href={href}>{label}</Link>
            ) : (
              <span className={mono ? "mono" : undefined} aria-current="page">
                {label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
