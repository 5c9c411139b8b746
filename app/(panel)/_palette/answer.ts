import type { PaletteAnswer, PaletteItem } from "#components/keys/palette-answer.ts";
import { accountsNamed } from "#lib/directory/accounts-named.ts";
import { countSearch } from "#lib/directory/count-search.ts";
import { type Hit, searchSubjects } from "#lib/directory/search.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { readCampaigns } from "#lib/reviews/campaigns.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { readPeople } from "#lib/staff/people.ts";
import { may } from "#lib/staff/rights.ts";
import { answerNamed, mayBePasted } from "../_components/answer-named.ts";
import { near } from "./near.ts";
import { numbered } from "./numbered.ts";
import { pagesOf } from "./pages.ts";

/** Of each kind. Who wants more of one searches, or opens its page. */
const most = { people: 6, accounts: 4, reviews: 3, staff: 3 };

/**
 * Where this reader may go by what was typed. Each kind by the reader of its own page, so that nothing is found here that
 * could not be opened there. What is typed is counted as a search, and refused as one.
 */
export async function answerPalette(
  ctx: Ctx<StaffActor>,
  typed: string,
): Promise<Result<PaletteAnswer>> {
  const q = typed.trim();
  if (q === "") return ok({ q, groups: await near(ctx), pages: pagesOf(ctx.actor) });
  const refusal = await countSearch(ctx, q);
  if (refusal) return { ok: false, error: refusal };
  const [byNumber, people, accounts, staff, reviews] = await Promise.all([
    numbered(ctx, q),
    peopleFor(ctx, q),
    accountsFor(ctx, q),
    staffFor(ctx, q),
    reviewsFor(ctx, q),
  ]);
  const groups = [
    ...byNumber,
    { title: "People", items: people },
    { title: "Accounts", items: accounts },
    { title: "Staff", items: staff },
    { title: "Access reviews", items: reviews },
  ];
  return ok({ q, groups: groups.filter(({ items }) => items.length > 0), pages: [] });
}

/** Who may not be opened is not among them; the search says why. */
async function peopleFor(ctx: Ctx<StaffActor>, q: string): Promise<PaletteItem[]> {
  const hits = (await pastedFor(ctx, q)) ?? (await searchSubjects(ctx, { q })).hits;
  return hits
    .filter(({ isKept }) => !isKept)
    .slice(0, most.people)
    .map((hit) => ({
      href: `/customers/${hit.subjectId}`,
      label: hit.name,
      lang: hit.lang,
      second: hit.account.name,
      shared: Number(hit.sameName) > 1,
      number: null,
      face: hit.kind === "service" ? "key" : "person",
    }));
}

/** Whom the address of a product's page, or a ticket, names; null where it is for the search. */
async function pastedFor(ctx: Ctx<StaffActor>, q: string): Promise<Hit[] | null> {
  const named = mayBePasted(q) ? await answerNamed(ctx, q, {}) : null;
  return named?.ok && named.value ? named.value.people : null;
}

async function accountsFor(ctx: Ctx<StaffActor>, q: string): Promise<PaletteItem[]> {
  const found = await accountsNamed(ctx, q, most.accounts);
  return found.map(({ id, name, externalId }) => ({
    href: `/customers/accounts/${id}`,
    label: name,
    lang: null,
    second: null,
    number: externalId,
    face: "account",
  }));
}

async function staffFor(ctx: Ctx<StaffActor>, q: string): Promise<PaletteItem[]> {
  if (!may(ctx.actor, "see_settings") || q.length < 2) return [];
  const { people } = await readPeople(ctx, { q });
  return people.slice(0, most.staff).map(({ id, name, team }) => ({
    ...{ href: `/settings/staff/${id}`, label: name, lang: null, second: team, number: null },
    face: "staff",
  }));
}

async function reviewsFor(ctx: Ctx<StaffActor>, q: string): Promise<PaletteItem[]> {
  if (!may(ctx.actor, "see_reviews") || q.length < 2) return [];
  const { rows } = await readCampaigns(ctx, {});
  const wanted = q.toLowerCase();
  return rows
    .map(({ firstDay, lastDay, slug }) => ({ slug, title: periodTitle(firstDay, lastDay) }))
    .filter(({ slug, title }) => title.toLowerCase().includes(wanted) || slug.includes(wanted))
    .slice(0, most.reviews)
    .map(({ slug, title }) => ({
      href: `/reviews/${slug}`,
      label: `Access review, ${title}`,
      lang: null,
      second: null,
      number: null,
      face: "review",
    }));
}
