import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { KeyHints, rowHints } from "#components/ui/kbd.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { itemParams, readItems } from "#lib/reviews/items.ts";
import { readReviewers } from "#lib/reviews/reviewers-progress.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { reach } from "#lib/staff/rights.ts";
import type { Query } from "../../../_words/one.ts";
import { ItemsCard } from "../../_components/items-card.tsx";
import { reviewPath } from "../../address.ts";
import { reviewOf } from "../read.ts";
import "../../reviews.css";

export const metadata: Metadata = { title: "Items · Review" };

type Props = { params: Promise<{ slug: string }>; searchParams: Query };

/** The items of a review in their order, by state, reviewer or role; of a reviewer their own. */
export default async function ItemsPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { ctx, campaign } = await reviewOf(slug);
  if (!campaign) notFound();
  const asked = itemParams.parse(await searchParams);
  const all = reach(ctx.actor, "see_reviews") === "all";
  const [items, reviewers, now] = await Promise.all([
    readItems(ctx, campaign.id, asked),
    all ? readReviewers(ctx.db, campaign.id, null) : [],
    serverTime(ctx),
  ]);
  const title = periodTitle(campaign.firstDay, campaign.lastDay);
  return (
    <Page
      width="wide"
      title={all ? "Items" : "Your items"}
      lead="Each right under review, in the order of the snapshot."
      crumbs={[
        { label: "Access reviews", href: "/reviews" },
        { label: title, href: reviewPath(slug) },
        { label: "Items" },
      ]}
      actions={<PrintButton />}
    >
      <ItemsCard
        {...{ slug, items, asked, reviewers, all, now }}
        zone={ctx.actor.zone}
        title={all ? "Rights under review" : "Yours"}
      />
      {items.rows.length > 0 && <KeyHints hints={rowHints()} />}
    </Page>
  );
}
