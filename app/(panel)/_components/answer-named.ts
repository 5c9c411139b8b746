import { pageAddress } from "#lib/directory/ids-in-address.ts";
import { findNamed, type NamedBy } from "#lib/directory/named-by.ts";
import type { Hit } from "#lib/directory/search.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import type { Carried } from "../start/link.ts";

/** What a pasted address or ticket led to. */
export type Pasted = {
  people: Hit[];
  by: "url" | "ticket";
  /** What goes along with whom is chosen. */
  carried: Carried;
  /** Why nobody is found. */
  told: { title: string; text: string } | null;
};

/** "SUP-4821": its own letters and number. */
const ticketLike = /^[a-z][a-z0-9]{1,9}-[0-9]{1,9}$/i;

/** Whether it may be more than what the search is for: the address of a page, or a ticket. */
export const mayBePasted = (q: string): boolean =>
  ticketLike.test(q.trim()) || pageAddress(q) !== null;

/**
 * Whom a pasted address of a page or a ticket names; null where it is for the search. `along` is what a link
 * brought besides: both together may name one person where each names several.
 */
export async function answerNamed(
  ctx: Ctx<StaffActor>,
  q: string,
  along: Carried,
): Promise<Result<Pasted | null>> {
  const typed = q.trim();
  const isPage = pageAddress(typed) !== null;
  const found = await findNamed(
    ctx,
    isPage ? { ...along, url: typed } : { ...along, ticket: typed },
  );
  if (!found.ok) return found;
  const { people, by, pageOf } = found.value;
  if (isPage) return ok({ people, by: "url", ...alongWithPage(typed, people, pageOf) });
  // What no product has told us of may be the id of a person.
  if (by !== "ticket") return ok(null);
  return ok({ people, by, carried: { ticket: typed.toUpperCase() }, told: null });
}

function alongWithPage(
  url: string,
  people: readonly Hit[],
  pageOf: NamedBy["pageOf"],
): Pick<Pasted, "carried" | "told"> {
  if (!pageOf)
    return {
      carried: {},
      told: {
        title: "That page is of no product that is connected here",
        text: "Check the address, or type whom you mean: name, e-mail, account or product id.",
      },
    };
  const told = {
    title: `That page of ${pageOf.name} does not say whose it is`,
    text: "Its address holds no id of anybody whom you may see. Keep the page, and type whom you mean: it opens there.",
  };
  return { carried: { url }, told: people.length > 0 ? null : told };
}
