import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { number } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { refusalBefore, type Unsettled } from "#lib/reviews/before-closing.ts";
import { settledAtOnce } from "#lib/reviews/closing.ts";
import { leftWithout } from "#lib/reviews/left-without.ts";
import { noProgress, readProgress } from "#lib/reviews/progress.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { undecidedByFate } from "#lib/reviews/settle.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { CloseForm } from "../../_components/close-form.tsx";
import { DecidedCard } from "../../_components/decided-card.tsx";
import { itemsAddress, reviewPath } from "../../address.ts";
import { reviewToRun } from "../read.ts";
import "../../reviews.css";

export const metadata: Metadata = { title: "Close the review" };
const shown = 20;

export default async function ClosePage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, campaign } = await reviewToRun(slug);
  if (campaign.status === "closed") redirect(reviewPath(slug));
  const [refusal, { revoked, excepted }, progress, policy, now] = await Promise.all([
    refusalBefore(ctx, campaign.id),
    undecidedByFate(ctx.db, campaign.id),
    readProgress(ctx.db, [campaign.id], null),
    readPolicy(ctx),
    serverTime(ctx),
  ]);
  const days = `${policy.reviews.exceptionDays} days at most, on the account of whom you name.`;
  const isLate = campaign.dueAt <= now;
  const lost = await leftWithout(ctx.db, revoked);
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
      {refusal && (
        <Note
          tone="problem"
          title="You cannot close it now"
          actions={<ButtonLink href={reviewPath(slug)}>Back to the review</ButtonLink>}
        >
          {refusal.message}
        </Note>
      )}
      <DecidedCard
        campaign={campaign}
        progress={progress.get(campaign.id) ?? noProgress}
        now={now}
        own={false}
      />
      {revoked.length > 0 && (
        <Undecided
          id="undecided"
          title="What nobody decided"
          slug={slug}
          items={revoked}
          words={`It is never approved. ${
            isLate
              ? "By the policy each of these rights is taken when you close, live sessions end, and the access is tried."
              : "By the policy each of these rights is taken by the closing once the review is late, and not before."
          }`}
        >
          {lost.length > 0 && (
            <Note tone="problem" icon="warn" level="h3" title="Nobody would be left">
              {`Afterwards nobody active is ${lost.map((role) => roleWords[role].name.toLowerCase()).join(" or ")}. Have these decided first.`}
            </Note>
          )}
        </Undecided>
      )}
      {excepted.length > 0 && (
        <Undecided
          id="excepted"
          title={
            policy.reviews.undecided === "exception" ? "What nobody decided" : "The last admins"
          }
          slug={slug}
          items={excepted}
          words={
            policy.reviews.undecided === "exception"
              ? `It is never approved. By the policy each of these stays as it is for a time, ${days}`
              : `Nobody decided it, and taking it might leave nobody who may change settings. It stays as it is for a time, ${days}`
          }
        />
      )}
      {!refusal && (
        <Card label="Sign off">
          <CloseForm
            campaignId={campaign.id}
            back={reviewPath(slug)}
            revokes={revoked.length}
            excepts={excepted.length}
            settledAtOnce={settledAtOnce}
          />
        </Card>
      )}
    </Page>
  );
}

type UndecidedProps = {
  id: string;
  title: string;
  slug: string;
  items: readonly Unsettled[];
  words: string;
  children?: ReactNode;
};

function Undecided({ id, title, slug, items, words, children }: UndecidedProps) {
  const more = items.length - shown;
  return (
    <Card id={id} title={title} aside={<span className="count">{number(items.length)}</span>}>
      <div className="stack s">
        <p className="sm">{words}</p>
        {children}
        <ul className="stack s sm">
          {items.slice(0, shown).map((item) => (
            <li key={item.id}>
              <PlainLink href={`${reviewPath(slug)}/items/${item.number}`}>{item.name}</PlainLink>,{" "}
              {roleWords[item.role].name}
            </li>
          ))}
          {more > 0 && (
            <li>
              <PlainLink href={itemsAddress(slug, { state: "open" })}>
                And {number(more)} more
              </PlainLink>
            </li>
          )}
        </ul>
      </div>
    </Card>
  );
}
