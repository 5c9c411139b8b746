import { notFound } from "next/navigation";
import { number } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { dayWords, periodDays } from "#lib/kernel/days.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { isOpened } from "#lib/reviews/campaigns.ts";
import { readToDispose } from "#lib/reviews/findings-to-dispose.ts";
import { countSoFar, readQuarter } from "#lib/reviews/next-opening.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { may } from "#lib/staff/rights.ts";
import { readCounting } from "#lib/usage/counting.ts";
import { FindingsToDispose } from "./findings-to-dispose.tsx";
import { Plots } from "./plots.tsx";

type QuarterSoFarProps = {
  ctx: Ctx<StaffActor>;
  slug: string;
  days: { firstDay: string; lastDay: string };
};

/** A quarter without a review: its figures so far, and when its review opens. */
export async function QuarterSoFar({ ctx, slug, days }: QuarterSoFarProps) {
  // There is one, and the reader has nothing in it.
  if (await isOpened(ctx.db, slug)) notFound();
  const [quarter, policy, counting, now] = await Promise.all([
    readQuarter(ctx.db, days),
    readPolicy(ctx),
    readCounting(ctx),
    serverTime(ctx),
  ]);
  const begun = quarter.startsAt < now;
  const over = quarter.endsAt <= now;
  const [soFar, found] = await Promise.all([
    countSoFar(ctx.db, quarter),
    readToDispose(ctx, quarter),
  ]);
  const opens = dayWords(
    new Date(Date.parse(days.lastDay) + 86_400_000).toISOString().slice(0, 10),
  );
  const when = over
    ? "It is over, and no review of it was opened."
    : policy.reviews.opensByItself
      ? `Its review opens by itself on ${opens}.`
      : "Its review is opened by hand: the policy says so.";
  return (
    <Page
      width="wide"
      title={periodTitle(days.firstDay, days.lastDay)}
      crumbs={[
        { label: "Access reviews", href: "/reviews" },
        { label: slug, mono: true },
      ]}
      lead={`${periodDays(days.firstDay, days.lastDay)}. ${begun ? when : "It has not begun."}`}
      actions={
        <>
          <PrintButton />
          {begun && may(ctx.actor, "run_reviews") && (
            <ButtonLink href={`/reviews/new?of=${slug}`}>Open a review…</ButtonLink>
          )}
        </>
      }
    >
      {begun ? (
        <>
          <Card id="population" title="Population so far">
            <p className="soft">
              {number(soFar.grants)} {soFar.grants === 1 ? "grant" : "grants"} of{" "}
              {number(soFar.people)} {soFar.people === 1 ? "person" : "people"} until now.{" "}
              {over ? "" : "It is frozen when the review opens."}
            </p>
          </Card>
          <FindingsToDispose found={found} period={days} now={now} zone={ctx.actor.zone} />
          <Plots
            ctx={ctx}
            campaign={{ slug, ...days, zone: policy.zone }}
            {...{ counting, policy, now }}
          />
        </>
      ) : (
        <Empty card kind="nothing" icon="review" title="Nothing has happened yet">
          {`The quarter begins on ${dayWords(days.firstDay)}.`}
        </Empty>
      )}
    </Page>
  );
}
