import "#components/no-eval.ts";
import { z } from "zod";
import { plainText } from "#lib/kernel/typed-text.ts";

const said = (max: number) =>
  z.string().transform(plainText).pipe(z.string().min(1).max(max)).optional().catch(undefined);

/** What a help desk, a bookmark or a pasted address says: who, for which ticket, from which page. What is not understood is left out. */
export const startLink = z.object({
  /** Our id, the product's own, or an e-mail. */
  subject: said(254),
  ticket: said(40),
  url: said(2000),
});
export type StartLink = z.infer<typeof startLink>;

/** What goes along with a person, whoever it turns out to be. */
export type Carried = Pick<StartLink, "ticket" | "url">;

/** As parameters of an address, after what it has: `{q: "jane"}`. */
export function withCarried(
  path: string,
  { ticket, url }: Carried,
  more: Record<string, string> = {},
): string {
  const query = new URLSearchParams({ ...more, ...(ticket && { ticket }), ...(url && { url }) });
  return query.size > 0 ? `${path}?${query}` : path;
}
