import type { Metadata } from "next";
import { Pictures } from "#components/charts/pictures.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { readCounting } from "#lib/usage/counting.ts";
import { namedFor } from "#lib/usage/look-at-people.ts";
import { reviewPath } from "../../address.ts";
import { Counted } from "../_components/counted.tsx";
import { Drawn } from "../_components/drawn.tsx";
import { keptPlots } from "../_plots/kept-plots.ts";
import { peoplePath } from "../_plots/told.ts";
import { daysToRead } from "../read.ts";
import { ApprovalsTable } from "./_components/approvals-table.tsx";
import { EffectsTable } from "./_components/effects-table.tsx";
import { HoursTable } from "./_components/hours-table.tsx";
import { SpreadTable } from "./_components/spread-table.tsx";
import { WeeksTable } from "./_components/weeks-table.tsx";
import "./figures.css";

export const metadata: Metadata = { title: "Figures · Review" };

type Props = { params: Promise<{ slug: string }> };

/** Each plot of a review's period with the table behind it; nobody is named here. */
export default async function FiguresPage({ params }: Props) {
  const { slug } = await params;
  const { ctx, days } = await daysToRead(slug);
  const [policy, counting, now] = await Promise.all([
    readPolicy(ctx),
    readCounting(ctx),
    serverTime(ctx),
  ]);
  const of = { slug, zone: policy.zone, ...days };
  const { plots, ...drawn } = await keptPlots(ctx, of, { counting, policy, now });
  const title = periodTitle(days.firstDay, days.lastDay);
  const parts = [
    { id: "weeks", plot: plots.weeks, table: <WeeksTable {...drawn} /> },
    { id: "spread", plot: plots.spread, table: <SpreadTable {...drawn} /> },
    { id: "hours", plot: plots.hours, table: <HoursTable {...drawn} /> },
    { id: "approvals", plot: plots.approvals, table: <ApprovalsTable {...drawn} /> },
    { id: "effects", plot: plots.effects, table: <EffectsTable {...drawn} /> },
    { id: "before", plot: plots.before, table: null },
  ];
  return (
    <Page
      width="wide"
      title="Figures and their tables"
      lead="How standing in was used in the period, in numbers. Nobody is named."
      crumbs={[
        { label: "Access reviews", href: "/reviews" },
        { label: title, href: reviewPath(slug) },
        { label: "Figures" },
      ]}
      actions={
        <>
          <PrintButton />
          {namedFor(ctx.actor) !== "nobody" && (
            <ButtonLink href={peoplePath(slug)}>Figures on people</ButtonLink>
          )}
        </>
      }
    >
      <Counted counting={counting} zone={ctx.actor.zone} />
      <Pictures />
      {parts.map(({ id, plot, table }) => (
        <div key={id} id={`${id}-table`} className="figure-and-table">
          <Drawn html={plot} />
          {table && (
            <section
              className="card plot-table scrolls"
              aria-labelledby={`plot-${id}`}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
              tabIndex={0}
            >
              {table}
            </section>
          )}
        </div>
      ))}
    </Page>
  );
}
