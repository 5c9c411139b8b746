import type { ComponentProps } from "react";

type PlainLinkProps = ComponentProps<"a"> & { href: string };

/**
 * A link within the panel: an `<a>` whose click `useSoftLinks` takes, so that the browser stays on its page. Next's own
 * link costs the server more than the rest of a table's row.
 */
export function PlainLink(props: PlainLinkProps) {
  return <a data-soft="" {...props} />;
}
