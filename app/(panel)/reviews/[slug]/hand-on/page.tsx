import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { idSchema } from "#lib/kernel/ids.ts";
import { readHandable } from "#lib/reviews/hand-on.ts";
import { readReviewerChoices } from "#lib/reviews/next-opening.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { one, type Query } from "../../../_words/one.ts";
import { HandOnForm } from "../../_components/hand-on-form.tsx";
import { reviewPath } from "../../address.ts";
import { reviewOf } from "../read.ts";

export const metadata: Metadata = { title: "Hand on" };

type Props = { params: Promise<{ slug: string }>; searchParams: Query };

export default async function HandOnPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { ctx, campaign } = await reviewOf(slug);
  if (!campaign) notFound();
  if (campaign.status === "closed") redirect(reviewPath(slug));
  const query = await searchParams;
  const from = idSchema.safeParse(one(query.from)).data;
  const number = /^\d{1,6}$/.test(one(query.item) ?? "") ? Number(one(query.item)) : undefined;
  const [items, choices] = await Promise.all([
    readHandable(ctx.db, ctx.actor, { campaignId: campaign.id, from, number }),
    readReviewerChoices(ctx.db),
  ]);
  const first = items[0];
  const isOfOne = items.every(({ reviewerId }) => reviewerId === first?.reviewerId);
  const whose = isOfOne ? (first?.reviewer ?? "nobody") : "all reviewers";
  return (
    <Page
      width="form"
      title="Hand on"
      crumbs={[
        { label: "Access reviews", href: "/reviews" },
        { label: periodTitle(campaign.firstDay, campaign.lastDay), href: reviewPath(slug) },
        { label: "Hand on" },
      ]}
      lead={
        first &&
        (number === undefined
          ? `${items.length} undecided ${items.length === 1 ? "item" : "items"} of ${whose} ${items.length === 1 ? "goes" : "go"} to somebody else.`
          : `Item ${number}: ${first.name}, ${roleWords[first.role].name}, now with ${whose}.`)
      }
    >
      {first ? (
        <Card label="Hand on">
          <HandOnForm
            campaignId={campaign.id}
            from={number === undefined ? from : undefined}
            number={number}
            choices={choices.filter(({ id }) => !isOfOne || id !== first.reviewerId)}
            back={reviewPath(slug)}
          />
        </Card>
      ) : (
        <Empty card kind="nothing" title="Nothing to hand on">
          What you may hand on is undecided and yours, or anybody’s where you run the review.
        </Empty>
      )}
    </Page>
  );
}
