import { Icon } from "./icon.tsx";
import { PlainLink } from "./plain-link.tsx";

export type Crumb = { label: string; href?: string; mono?: boolean };

/** Where one is: the last is the page itself. */
export function Crumbs({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="Where you are">
      <ol className="crumbs">
        {items.map(({ label, href, mono }, index) => (
          <li key={label} className="row fix tight">
            {index > 0 && <Icon name="right" />}
            {href ? (
              <PlainLink href={href}>{label}</PlainLink>
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
