/** Where one may go, as the navigation says it. */
export type Place = { href: string; label: string; icon: string; key: string | null };

/** The address among these with the longest path that `path` lies under; the home only for itself. */
export function currentOf(hrefs: readonly string[], path: string): string | undefined {
  const under = (href: string) => path === href || (href !== "/" && path.startsWith(`${href}/`));
  return hrefs.filter(under).sort((a, b) => b.length - a.length)[0];
}

/** The places of the panel, read out of its navigation: it is sent once, as what it shows. */
export const placesShown = (): Place[] =>
  [...document.querySelectorAll<HTMLAnchorElement>(".panel > .nav a[data-place]")].map((link) => ({
    href: link.getAttribute("href") ?? "/",
    label: link.dataset.place ?? "",
    icon: link.dataset.icon ?? "",
    key: link.dataset.go ?? null,
  }));
