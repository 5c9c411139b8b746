import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Card } from "#components/ui/card.tsx";
import { Page } from "#components/ui/page.tsx";
import { periodTitle } from "#lib/reviews/rules.ts";
import { CorrectForm } from "../../_components/correct-form.tsx";
import { reviewPath } from "../../address.ts";
import { reviewToRun } from "../read.ts";

export const metadata: Metadata = { title: "Correct the review" };

export default async function CorrectPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { campaign } = await reviewToRun(slug);
  if (campaign.status === "open") redirect(reviewPath(slug));
  return (
    <Page
      width="form"
      title="Correct the review"
      crumbs={[
        { label: "Access reviews", href: "/reviews" },
        { label: periodTitle(campaign.firstDay, campaign.lastDay), href: reviewPath(slug) },
        { label: "Correct" },
      ]}
      lead="The review stays as it was signed. What you say here stands beside it, with your name and its own entry."
    >
      <Card label="Correct the review">
        <CorrectForm campaignId={campaign.id} back={reviewPath(slug)} />
      </Card>
    </Page>
  );
}
