import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { absolute } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";

import { serverTime } from "#lib/kernel/server-time.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { type Campaign, readComparison, readCorrections } from "#lib/reviews/campaigns.ts";
import { itemParams, readItems } from "#lib/reviews/items.ts";
import { noProgress, readProgress, readReviewers } from "#lib/reviews/progress.ts";
import { periodDays, periodTitle, quarterOf } from "#lib/reviews/rules.ts";
import { may, reach } from "#lib/staff/rights.ts";
import { PrintButton } from "../../_components/print-button.tsx";
import type { Query } from "../../_words/one.ts";
import { StatusMark } from "../_components/campaigns-table.tsx";
import { Corrections } from "../_components/corrections.tsx";
import { DecidedCard } from "../_components/decided-card.tsx";
import { ItemsFilters } from "../_components/items-filters.tsx";
import { ItemsTable } from "../_components/items-table.tsx";
import { PopulationCard } from "../_components/population-card.tsx";
import { SignOff } from "../_components/sign-off.tsx";
import { WaitingTable } from "../_components/waiting-table.tsx";
import { itemsAddress, reviewPath } from "../address.ts";
import { cityOf } from "../city-of.ts";
import { FiguresOf } from "./_components/figures.tsx";
import { FindingsToDispose } from "./_components/findings-to-dispose.tsx";
import { QuarterSoFar } from "./_components/quarter-so-far.tsx";
import { OwnLinks } from "./items/own-links.tsx";
import { reviewOf } from "./read.ts";
import "../reviews.css";

type Props = { params: Promise<{ slug: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const { campaign } = await reviewOf(slug);
  const days = campaign ?? quarterOf(slug);
  return { title: days ? `Access review, ${periodTitle(days.firstDay, days.lastDay)}` : "Review" };
}

export default async function ReviewPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { ctx, campaign } = await reviewOf(slug);
  if (!campaign) {
    const days = quarterOf(slug);
    if (!days) notFound();
    return <QuarterSoFar ctx={ctx} slug={slug} days={days} />;
  }
  const asked = itemParams.parse(await searchParams);
  const all = reach(ctx.actor, "see_reviews") === "all";
  const mine = all ? null : ctx.actor.id;
  const [progress, reviewers, items, comparison, corrections, policy, now] = await Promise.all([
    readProgress(ctx.db, [campaign.id], mine),
    readReviewers(ctx.db, campaign.id, mine),
    readItems(ctx, campaign.id, asked),
    readComparison(ctx.db, campaign.id),
    readCorrections(ctx.db, campaign.id),
    readPolicy(ctx),
    serverTime(ctx),
  ]);
  const { zone } = ctx.actor;
  const p = progress.get(campaign.id) ?? noProgress;
  const { state, reviewer, role } = asked;
  const filtered = Boolean(state || reviewer || role);
  const place = (more: { after?: number; before?: number }) =>
    itemsAddress(slug, { state, reviewer, role, ...more });
  const list = (
    <Card
      flush
      id="items"
      title={all ? "Items" : "Your items"}
      aside={<ItemsFilters slug={slug} params={asked} reviewers={all ? reviewers : []} />}
      footer={
        (items.before !== null || items.after !== null) && (
          <nav className="row" aria-label="Pages of items">
            {items.before !== null && (
              <ButtonLink href={place({ before: items.before })} icon="left">
                Before
              </ButtonLink>
            )}
            {items.after !== null && (
              <ButtonLink href={place({ after: items.after })} iconAfter="right">
                Further
              </ButtonLink>
            )}
          </nav>
        )
      }
    >
      {items.rows.length === 0 ? (
        <Empty
          kind={filtered ? "no-match" : "nothing"}
          level="h3"
          title={filtered ? "No item like that" : "No items"}
          action={
            filtered && (
              <ButtonLink href={itemsAddress(slug, {})} scroll={false}>
                Show all items
              </ButtonLink>
            )
          }
        >
          {filtered ? "Nothing in this review matches." : "Nobody held a right in this period."}
        </Empty>
      ) : (
        <ItemsTable slug={slug} rows={items.rows} now={now} zone={zone} all={all} />
      )}
    </Card>
  );
  return (
    <Page
      width="wide"
      title={periodTitle(campaign.firstDay, campaign.lastDay)}
      crumbs={[
        { label: "Access reviews", href: "/reviews" },
        { label: slug, mono: true },
      ]}
      lead={leadOf(campaign, zone)}
      facts={<StatusMark status={campaign.status} />}
      actions={
        <>
          <PrintButton />
          {campaign.status === "open" && (
            <OwnLinks ctx={ctx} slug={slug} isFirst={!may(ctx.actor, "run_reviews")} />
          )}
          {may(ctx.actor, "export_evidence") && (
            <ButtonLink href={`${reviewPath(slug)}/pack`} icon="download" prefetch={false}>
              Evidence pack
            </ButtonLink>
          )}
          {may(ctx.actor, "run_reviews") &&
            (campaign.status === "open" ? (
              <ButtonLink href={`${reviewPath(slug)}/close`} variant="primary">
                Close the review…
              </ButtonLink>
            ) : (
              <ButtonLink href={`${reviewPath(slug)}/correct`}>Correct…</ButtonLink>
            ))}
        </>
      }
    >
      {asked.handed && (
        <Note role="status" icon="info" title={`${asked.handed} handed on`}>
          {asked.left
            ? `${asked.left} stayed where they were: the other may not decide on them.`
            : "It is on record, and in the other’s list."}
        </Note>
      )}
      {campaign.status === "closed" && <SignOff campaign={campaign} now={now} zone={zone} />}
      <div className="tops">
        <DecidedCard campaign={campaign} progress={p} now={now} own={!all} />
        <PopulationCard campaign={campaign} comparison={comparison} all={all} />
      </div>
      {corrections.length > 0 && <Corrections rows={corrections} now={now} zone={zone} />}
      {!all && list}
      <FindingsToDispose ctx={ctx} period={campaign} now={now} />
      <FiguresOf ctx={ctx} campaign={campaign} />
      <WaitingTable
        campaign={campaign}
        reviewers={reviewers}
        unassigned={p.unassigned}
        rushed={policy.reviews.rushedDecisions}
        now={now}
        zone={zone}
        runs={may(ctx.actor, "run_reviews")}
      />
      {all && list}
    </Page>
  );
}

/** "1 October to 31 December 2026, Berlin time. Opened by itself on 1 Jan. 46 items, frozen then." */
function leadOf(
  { firstDay, lastDay, zone, openedAt, openedBy, throughAt, endsAt, counts }: Campaign,
  reader: string,
) {
  const running =
    throughAt < endsAt ? ` The period still ran: it holds who had a right until then.` : "";
  const days = periodDays(firstDay, lastDay);
  const city = cityOf(zone);
  // A period that is no quarter has its days in the title.
  const said =
    days === periodTitle(firstDay, lastDay) ? `In ${city} time` : `${days}, ${city} time`;
  return `${said}. Opened ${openedBy ? `by ${openedBy}` : "by itself"}, ${absolute(openedAt, reader)}. ${counts.grants} items, frozen then.${running}`;
}
