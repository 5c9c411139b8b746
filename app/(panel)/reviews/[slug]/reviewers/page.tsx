import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { readClosing } from "#lib/reviews/closing.ts";
import { readOwnProgress } from "#lib/reviews/progress.ts";
import { readReviewers } from "#lib/reviews/reviewers-progress.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { may, reach } from "#lib/staff/rights.ts";
import { WaitingTable } from "../../_components/waiting-table.tsx";
import { reviewPath } from "../../address.ts";
import { reviewOf } from "../read.ts";
import "../../reviews.css";

export const metadata: Metadata = { title: "Reviewers · Review" };

type Props = { params: Promise<{ slug: string }> };

/** Everybody who reviews: how far they are, how they went about it, and what to do about it. */
export default async function ReviewersPage({ params }: Props) {
  const { slug } = await params;
  const { ctx, campaign } = await reviewOf(slug);
  if (!campaign || reach(ctx.actor, "see_reviews") !== "all") notFound();
  const [reviewers, progress, policy, closing, now] = await Promise.all([
    readReviewers(ctx.db, campaign.id, null),
    readOwnProgress(ctx, slug, null),
    readPolicy(ctx),
    readClosing(ctx.db, campaign.id),
    serverTime(ctx),
  ]);
  const title = periodTitle(campaign.firstDay, campaign.lastDay);
  return (
    <Page
      width="wide"
      title="Reviewers"
      lead="On whom the review waits, and how they went about it. Whoever has most to decide comes first."
      crumbs={[
        { label: "Access reviews", href: "/reviews" },
        { label: title, href: reviewPath(slug) },
        { label: "Reviewers" },
      ]}
      actions={<PrintButton />}
    >
      <WaitingTable
        campaign={campaign}
        reviewers={reviewers}
        unassigned={progress.unassigned}
        rushed={policy.reviews.rushedDecisions}
        now={now}
        zone={ctx.actor.zone}
        runs={may(ctx.actor, "run_reviews") && closing === null}
      />
    </Page>
  );
}
