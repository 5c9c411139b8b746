import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { KeyHints, rowHints } from "#components/ui/kbd.tsx";
import { Page } from "#components/ui/page.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { dayWords } from "#lib/kernel/days.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { isOpened, readCampaigns } from "#lib/reviews/campaigns.ts";
import { readQuarter } from "#lib/reviews/next-opening.ts";
import { readLateTasks, readOverExceptions, readStillThere } from "#lib/reviews/overdue.ts";
import { readProgress } from "#lib/reviews/progress.ts";
import { periodTitle, slugOf } from "#lib/reviews/rules.ts";
import { may, reach } from "#lib/staff/rights.ts";
import { address } from "../_filters/address.ts";
import { one, type Query } from "../_words/one.ts";
import { CampaignsTable } from "./_components/campaigns-table.tsx";
import { Overdue } from "./_components/overdue.tsx";
import { reviewPath } from "./address.ts";
import "./reviews.css";

export const metadata: Metadata = { title: "Access reviews" };

export default async function ReviewsPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("see_reviews");
  const query = await searchParams;
  const all = reach(ctx.actor, "see_reviews") === "all";
  const [{ rows, newer, older }, quarter, policy, now] = await Promise.all([
    readCampaigns(ctx, { before: one(query.before), after: one(query.after) }),
    readQuarter(ctx.db, null),
    readPolicy(ctx),
    serverTime(ctx),
  ]);
  const slug = slugOf(quarter.firstDay, quarter.lastDay);
  const [progress, isThere, stillThere, lateTasks, over] = await Promise.all([
    readProgress(
      ctx.db,
      rows.map(({ id }) => id),
      all ? null : ctx.actor.id,
    ),
    isOpened(ctx.db, slug),
    readStillThere(ctx),
    readLateTasks(ctx),
    readOverExceptions(ctx.db, all ? null : ctx.actor.id),
  ]);
  const title = periodTitle(quarter.firstDay, quarter.lastDay);
  const opens = dayWords(nextDay(quarter.lastDay));
  const next = policy.reviews.opensByItself
    ? `The review of the ${isThere ? "whole " : ""}${title.toLowerCase()} opens by itself on ${opens}.`
    : "Reviews are opened by hand: the policy says so.";
  return (
    <Page
      width="wide"
      title="Access reviews"
      lead={
        all
          ? "Whether everybody who may stand in, approve or change settings still needs it. Once a quarter, and whenever compliance asks."
          : "The access that you were asked to look at. Nobody reviews their own, what they gave, or who they report to."
      }
      actions={
        may(ctx.actor, "run_reviews") && (
          <ButtonLink href="/reviews/new" variant="primary" icon="plus">
            Open a review…
          </ButtonLink>
        )
      }
    >
      <p className="sm soft">
        {next} {!isThere && <PlainLink href={reviewPath(slug)}>The quarter so far</PlainLink>}
      </p>
      <Overdue
        id="still-there"
        title="Taken, and there all the same"
        what="What the last try said"
        day="Tried"
        mark="Still there"
        rows={stillThere}
        now={now}
      />
      <Overdue
        id="late-tasks"
        title="Tasks outside that are late"
        what="What is to be done"
        rows={lateTasks}
        now={now}
      />
      <Overdue
        id="over-exceptions"
        title="Exceptions whose day is over"
        what="Why it was left"
        rows={over}
        now={now}
        linked={all}
      />
      <Card flush label="Reviews">
        {rows.length === 0 ? (
          <Empty
            kind="nothing"
            icon="review"
            title={all ? "No review yet" : "Nothing for you to review"}
          >
            {all
              ? policy.reviews.opensByItself
                ? `The first opens on ${opens}, when the quarter is over, or as soon as compliance opens one.`
                : "The first is here as soon as compliance opens it."
              : "When a review has an item for you, it is here and counted beside Access reviews."}
          </Empty>
        ) : (
          <CampaignsTable rows={rows} progress={progress} now={now} zone={ctx.actor.zone} />
        )}
      </Card>
      <div className="row between">
        {rows.length > 0 && <KeyHints hints={rowHints()} />}
        <Pager
          perPage={20}
          newer={newer}
          older={older}
          to={(place) => address("/reviews", place)}
        />
      </div>
    </Page>
  );
}

const nextDay = (day: string): string =>
  new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
