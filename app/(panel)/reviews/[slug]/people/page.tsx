import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { itemNumbers } from "#lib/reviews/item-numbers.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { readCounting } from "#lib/usage/counting.ts";
import { lookAtPeople } from "#lib/usage/look-at-people.ts";
import { reviewPath } from "../../address.ts";
import { Counted } from "../_components/counted.tsx";
import { figuresPath } from "../_plots/told.ts";
import { daysToRead } from "../read.ts";
import { ApprovalsMatrix } from "./_components/approvals-matrix.tsx";
import { FarAbove } from "./_components/far-above.tsx";
import "#components/charts/plots.css";
import "./people.css";

export const metadata: Metadata = { title: "Figures on people · Review" };

type Props = { params: Promise<{ slug: string }> };

/** Who stands out in a review's period, by name: for compliance, and for managers about their own people. */
export default async function PeoplePage({ params }: Props) {
  const { slug } = await params;
  const { ctx, days } = await daysToRead(slug);
  const { firstDay, lastDay } = days;
  const [figures, counting] = await Promise.all([
    lookAtPeople(ctx, { firstDay, lastDay }),
    readCounting(ctx),
  ]);
  const title = periodTitle(firstDay, lastDay);
  const far = figures?.outliers.map(({ staffId }) => staffId) ?? [];
  const items = await itemNumbers(ctx.db, slug, far);
  return (
    <Page
      width="wide"
      title="Figures on people"
      lead={`Who is far above their team, and who approves whom.${figures === null ? "" : " That you looked is on record."}`}
      crumbs={[
        { label: "Access reviews", href: "/reviews" },
        { label: title, href: reviewPath(slug) },
        { label: "People" },
      ]}
      actions={
        <>
          <PrintButton />
          <ButtonLink href={figuresPath(slug)}>Without names</ButtonLink>
        </>
      }
    >
      {figures === null ? (
        <Empty card kind="not-allowed" title="Names are for managers and compliance">
          Figures on a person are for that person, their manager and compliance.
        </Empty>
      ) : (
        <>
          <Counted counting={counting} zone={ctx.actor.zone} />
          <FarAbove figures={figures} slug={slug} items={items} />
          <ApprovalsMatrix figures={figures} days={{ firstDay, lastDay }} />
        </>
      )}
    </Page>
  );
}
