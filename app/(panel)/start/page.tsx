import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Page } from "#components/ui/page.tsx";
import { findNamed } from "#lib/directory/named-by.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import type { Query } from "../_words/one.ts";
import { TooOftenNote } from "../customers/_components/too-often.tsx";
import { HelpDesk } from "./_components/help-desk.tsx";
import { Nobody } from "./_components/nobody.tsx";
import { startLink, withCarried } from "./link.ts";

export const metadata: Metadata = { title: "From your help desk" };

const crumbs = [{ label: "Search", href: "/" }, { label: "From your help desk" }];

/**
 * Where a help desk's link or a bookmark leads: on to the start form of whom it names, filled in. It only ever leads: what is
 * sent is sent from that form, by a person. Without parameters it says how such a link is made.
 */
export default async function StartPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("start");
  const link = startLink.parse(await searchParams);
  const { subject, ticket, url } = link;
  if (!subject && !ticket && !url)
    return (
      <Page
        width="form"
        title="From your help desk"
        lead="One click from a ticket, or from a page of the product, to the start form: who, which ticket and which page are filled in. Nothing is sent until you send it."
        crumbs={crumbs}
      >
        <HelpDesk origin={issuer().url} />
      </Page>
    );
  // Words that somebody marked, rather than an id or an e-mail: a name is for the search.
  if (subject && /\s/.test(subject)) redirect(withCarried("/", link, { q: subject }));
  const found = await findNamed(ctx, link);
  if (!found.ok)
    return (
      <Page title="You have searched too often" crumbs={crumbs}>
        <TooOftenNote error={found.error} card />
      </Page>
    );
  const { people, by, pageOf } = found.value;
  const [one, another] = people;
  if (one && !another) redirect(withCarried(`/customers/${one.subjectId}/start`, link));
  if (one) redirect(withCarried("/", link, { q: subject ?? (by === "url" ? url : ticket) ?? "" }));
  return (
    <Page
      width="form"
      title="Nobody is known by that"
      lead="What the link brought is kept: find the person yourself, and it goes along."
      crumbs={crumbs}
    >
      <Nobody link={link} product={pageOf?.name ?? null} />
    </Page>
  );
}
