import type { ComponentProps } from "react";

type PlainLinkProps = ComponentProps<"a"> & {
  href: string;
  /** False: the page stays where it was scrolled to. */
  scroll?: boolean;
};

/**
 * A link within the panel: an `<a>` whose click `useSoftLinks` takes, so that the browser stays on its page. Next's own
 * link costs the server more than the rest of a table's row.
 */
export function PlainLink({ scroll, ...rest }: PlainLinkProps) {
  return <a data-soft={scroll === false ? "stay" : ""} {...rest} />;
}
