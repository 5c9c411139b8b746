import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { absolute, cityOf } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { written } from "#components/written.ts";
import { periodDays } from "#lib/kernel/days.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { type Campaign, readAgreement, readCorrections } from "#lib/reviews/campaigns.ts";
import { readLastClosing } from "#lib/reviews/closing.ts";
import { readToDispose } from "#lib/reviews/findings-to-dispose.ts";
import { itemParams } from "#lib/reviews/items.ts";
import { readOwnOpen } from "#lib/reviews/own-open.ts";
import { noProgress, readOwnProgress } from "#lib/reviews/progress.ts";
import { readGlance } from "#lib/reviews/reviewers-progress.ts";
import { periodTitle, quarterOf } from "#lib/reviews/rules.ts";
import { may, reach } from "#lib/staff/rights.ts";
import { readCounting } from "#lib/usage/counting.ts";
import type { Query } from "../../_words/one.ts";
import { StatusMark } from "../_components/campaigns-table.tsx";
import { Corrections } from "../_components/corrections.tsx";
import { DecidedCard } from "../_components/decided-card.tsx";
import { PopulationCard } from "../_components/population-card.tsx";
import { SignOff } from "../_components/sign-off.tsx";
import { tellsWhoWaits } from "../_components/tells-who-waits.ts";
import { WaitingCard } from "../_components/waiting-card.tsx";
import { reviewPath } from "../address.ts";
import { Drawn } from "./_components/drawn.tsx";
import { FindingsToDispose } from "./_components/findings-to-dispose.tsx";
import { OwnItems } from "./_components/own-items.tsx";
import { Plots } from "./_components/plots.tsx";
import { QuarterSoFar } from "./_components/quarter-so-far.tsx";
import { UnderWay } from "./_components/under-way.tsx";
import { OwnLinks } from "./items/own-links.tsx";
import { reviewOf } from "./read.ts";
import "../reviews.css";

/** How many of those on whom it waits are shown. */
const mostShown = 6;

type Props = { params: Promise<{ slug: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const { campaign } = await reviewOf(slug);
  const days = campaign ?? quarterOf(slug);
  return { title: days ? `Access review, ${periodTitle(days.firstDay, days.lastDay)}` : "Review" };
}

/** At a glance how far a review is, how late, and what is unusual; each with the way to the whole of it. */
export default async function ReviewPage({ params, searchParams }: Props) {
  const ctx = await requireStaff("see_reviews");
  const { slug } = await params;
  const all = reach(ctx.actor, "see_reviews") === "all";
  const [{ campaign }, glance, own, waiting, agreement, corrections, found, policy, counting, now] =
    await Promise.all([
      reviewOf(slug),
      all ? readGlance(ctx, slug, mostShown) : null,
      all ? null : readOwnProgress(ctx, slug, ctx.actor.id),
      readOwnOpen(ctx),
      readAgreement(ctx, slug),
      readCorrections(ctx, slug),
      readToDispose(ctx, slug),
      readPolicy(ctx),
      readCounting(ctx),
      serverTime(ctx),
    ]);
  if (!campaign) {
    const days = quarterOf(slug);
    if (!days) notFound();
    return <QuarterSoFar ctx={ctx} slug={slug} days={days} />;
  }
  const { zone } = ctx.actor;
  const { handed, left } = itemParams.parse(await searchParams);
  const runs = may(ctx.actor, "run_reviews");
  const progress = glance?.progress ?? own ?? noProgress;
  const isOpen = campaign.status === "open";
  const asked = isOpen && campaign.dueAt <= now ? await readLastClosing(ctx.db, campaign.id) : null;
  const isUnderWay = asked !== null && asked.stoppedAt === null;
  // Why one stopped is for whoever runs reviews; that nobody decides is for all.
  const closing = all || isUnderWay ? asked : null;
  const waits = glance && {
    reviewers: glance,
    unassigned: progress.unassigned,
    rushed: policy.reviews.rushedDecisions,
  };
  return (
    <Page
      width="wide"
      title={periodTitle(campaign.firstDay, campaign.lastDay)}
      crumbs={[
        { label: "Access reviews", href: "/reviews" },
        { label: slug, mono: true },
      ]}
      lead={leadOf(campaign, zone)}
      facts={<StatusMark status={isUnderWay ? "closing" : campaign.status} />}
      actions={
        <>
          <PrintButton />
          {isOpen && !isUnderWay && waiting.items > 0 && (
            <OwnLinks ctx={ctx} slug={slug} isFirst={!runs} />
          )}
          {may(ctx.actor, "export_evidence") && (
            <ButtonLink href={`${reviewPath(slug)}/pack`} icon="download">
              Evidence pack
            </ButtonLink>
          )}
          {runs &&
            !isUnderWay &&
            (isOpen ? (
              <ButtonLink href={`${reviewPath(slug)}/close`} variant="primary">
                Close the review…
              </ButtonLink>
            ) : (
              <ButtonLink href={`${reviewPath(slug)}/correct`}>Correct…</ButtonLink>
            ))}
        </>
      }
    >
      {handed && (
        <Note role="status" icon="info" title={`${handed} handed on`}>
          {left
            ? `${left} stayed where they were: the other may not decide on them.`
            : "It is on record, and in the other’s list."}
        </Note>
      )}
      {closing && <UnderWay closing={closing} progress={all ? progress : null} zone={zone} />}
      {campaign.status === "closed" && <SignOff campaign={campaign} now={now} zone={zone} />}
      <Drawn
        className="tops"
        html={written(
          <>
            <DecidedCard campaign={campaign} progress={progress} now={now} own={!all} />
            <PopulationCard campaign={campaign} agreement={agreement} all={all} />
          </>,
        )}
      />
      {corrections.length > 0 && <Corrections rows={corrections} now={now} zone={zone} />}
      {!all && <OwnItems ctx={ctx} campaign={campaign} now={now} />}
      <Drawn
        className="glance"
        html={written(
          <>
            {waits && tellsWhoWaits({ ...waits, readerId: ctx.actor.id, isOpen }) && (
              <WaitingCard {...waits} campaign={campaign} runs={runs && !isUnderWay} />
            )}
            <FindingsToDispose found={found} period={campaign} now={now} zone={zone} />
          </>,
        )}
      />
      <Plots ctx={ctx} campaign={campaign} {...{ counting, policy, now }} />
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
