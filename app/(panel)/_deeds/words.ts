import type { Deed } from "#lib/impersonation/deeds.ts";

/** Whether a product said of a write that nothing came of it. */
export const hasFailed = ({ status }: Pick<Deed, "status">): boolean =>
  status !== null && status >= 400;

/** "/invoices/:number" of the kind invoice is "invoice"; "/invoices" is "invoices", "/" is "home". */
export function placeOf({ route, resource, kinds }: Pick<Deed, "route" | "resource" | "kinds">) {
  if (resource) return resource;
  const segments = route.split("/").filter(Boolean);
  if (segments.length === 0) return "home";
  const fixed = segments.filter((segment) => !segment.startsWith(":")).join("/");
  return (segments.at(-1)?.startsWith(":") && kinds[0]) || fixed || (kinds[0] ?? route);
}

/** The same where it begins a line: "Invoices". What the product calls something by stays as it is. */
export const placeWords = (deed: Parameters<typeof placeOf>[0]): string =>
  deed.resource ?? capital(placeOf(deed));

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
