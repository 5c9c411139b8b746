import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { number } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { readUndecided, refusalBefore } from "#lib/reviews/close-campaign.ts";
import { leftWithout } from "#lib/reviews/left-without.ts";
import { noProgress, readProgress } from "#lib/reviews/progress.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { CloseForm } from "../../_components/close-form.tsx";
import { DecidedCard } from "../../_components/decided-card.tsx";
import { reviewPath } from "../../address.ts";
import { reviewToRun } from "../read.ts";
import "../../reviews.css";

export const metadata: Metadata = { title: "Close the review" };
const shown = 20;

export default async function ClosePage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, campaign } = await reviewToRun(slug);
  if (campaign.status === "closed") redirect(reviewPath(slug));
  const [refusal, undecided, progress, policy, now] = await Promise.all([
    refusalBefore(ctx, campaign.id),
    readUndecided(ctx.db, campaign.id),
    readProgress(ctx.db, [campaign.id], null),
    readPolicy(ctx),
    serverTime(ctx),
  ]);
  const excepts = policy.reviews.undecided === "exception";
  const more = undecided.length - shown;
  const lost = excepts ? [] : await leftWithout(ctx.db, undecided);
  return (
    <Page
      width="form"
      title="Close the review"
      crumbs={[
        { label: "Access reviews", href: "/reviews" },
        { label: periodTitle(campaign.firstDay, campaign.lastDay), href: reviewPath(slug) },
        { label: "Close" },
      ]}
      lead="From then on nothing in it changes, not even in the database. What turns out wrong is corrected beside it."
    >
      <DecidedCard
        campaign={campaign}
        progress={progress.get(campaign.id) ?? noProgress}
        now={now}
        own={false}
      />
      {undecided.length > 0 && (
        <Card
          id="undecided"
          title="What nobody decided"
          aside={<span className="count">{number(undecided.length)}</span>}
        >
          <div className="stack s">
            <p className="sm">
              It is never approved.{" "}
              {excepts
                ? `By the policy each of these stays as it is for a time, ${policy.reviews.exceptionDays} days at most, on the account of whom you name.`
                : "By the policy each of these rights is taken when you close, live sessions end, and the access is tried."}
            </p>
            {lost.length > 0 && (
              <Note tone="problem" icon="warn" level="h3" title="Nobody would be left">
                {`Afterwards nobody active is ${lost.map((role) => roleWords[role].name.toLowerCase()).join(" or ")}. Have these decided first.`}
              </Note>
            )}
            <ul className="stack s sm">
              {undecided.slice(0, shown).map((item) => (
                <li key={item.id}>
                  <PlainLink href={`${reviewPath(slug)}/items/${item.number}`}>
                    {item.name}
                  </PlainLink>
                  , {roleWords[item.role].name}
                </li>
              ))}
              {more > 0 && <li className="faint">And {number(more)} more.</li>}
            </ul>
          </div>
        </Card>
      )}
      {refusal ? (
        <Note
          tone="problem"
          title="You cannot close it now"
          actions={<ButtonLink href={reviewPath(slug)}>Back to the review</ButtonLink>}
        >
          {refusal.message}
        </Note>
      ) : (
        <Card label="Sign off">
          <CloseForm
            campaignId={campaign.id}
            back={reviewPath(slug)}
            revokes={excepts ? 0 : undecided.length}
            excepts={excepts ? undecided.length : 0}
          />
        </Card>
      )}
    </Page>
  );
}
