/** Where one may go, as the navigation says it. */
export type Place = { href: string; label: string; icon: string; key: string | null };

/** Where the search leads: they have no place of their own. */
const ofHome = ["/customers", "/start"];

const liesUnder = (path: string, href: string) => path === href || path.startsWith(`${href}/`);

/**
 * The address among these with the longest path that `path` lies under; the home for itself and what it leads to. A page
 * may stand deeper than its address says, in the list to which its crumbs lead back: a live session, among the live.
 */
export function currentOf(
  hrefs: readonly string[],
  path: string,
  crumb?: string | null,
): string | undefined {
  const under = (href: string) =>
    href === "/"
      ? path === "/" || ofHome.some((one) => liesUnder(path, one))
      : liesUnder(path, href);
  const current = hrefs.filter(under).sort((a, b) => b.length - a.length)[0];
  const isDeeper = crumb && current && hrefs.includes(crumb) && liesUnder(crumb, current);
  return isDeeper ? crumb : current;
}

/** The places of the panel, read out of its navigation: it is sent once, as what it shows. */
export const placesShown = (): Place[] =>
  [...document.querySelectorAll<HTMLAnchorElement>(".panel > .nav a[data-place]")].map((link) => ({
    href: link.getAttribute("href") ?? "/",
    label: link.dataset.place ?? "",
    icon: link.dataset.icon ?? "",
    key: link.dataset.go ?? null,
  }));
