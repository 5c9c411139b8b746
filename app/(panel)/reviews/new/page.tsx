import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { Page } from "#components/ui/page.tsx";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { readQuarter } from "#lib/reviews/next-opening.ts";
import { quarterOf } from "#lib/reviews/rules.ts";
import { one, type Query } from "../../_words/one.ts";
import { OpenForm } from "../_components/open-form.tsx";

export const metadata: Metadata = { title: "Open a review" };

export default async function NewReviewPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("run_reviews");
  const [policy, query] = await Promise.all([readPolicy(ctx), searchParams]);
  const asked = quarterOf(one(query.of) ?? "");
  const { firstDay, lastDay } = asked ?? (await readQuarter(ctx.db, null));
  return (
    <Page
      width="form"
      crumbs={[{ label: "Access reviews", href: "/reviews" }, { label: "Open a review" }]}
      title="Open a review"
      lead="Everybody who held any right on any day of the period is in it: who left, who never used it, and service accounts too."
    >
      <Card label="Open a review">
        <OpenForm
          firstDay={firstDay}
          lastDay={lastDay}
          zone={policy.zone}
          dueDays={policy.reviews.dueDays}
        />
      </Card>
    </Page>
  );
}
