import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { dayOnly } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { Confirmed } from "#components/ui/toast.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { nextOpen, readOwnCampaign } from "#lib/reviews/decisions.ts";
import { readOpenForBulk } from "#lib/reviews/item.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { ForgetQuery } from "../../../_components/forget-query.tsx";
import { one, type Query } from "../../../_words/one.ts";
import { BulkForm } from "./bulk-form.tsx";
import { Done } from "./done.tsx";
import "./bulk.css";

export const metadata: Metadata = { title: "Decide several · Review" };

type Props = { params: Promise<{ slug: string }>; searchParams: Query };

/** What of a reviewer's items may be decided with others: nothing that is privileged. */
export default async function BulkPage({ params, searchParams }: Props) {
  const ctx = await requireStaff("see_reviews");
  const { slug } = await params;
  const campaign = await readOwnCampaign(ctx.db, slug, ctx.actor.id);
  if (!campaign) notFound();
  const [items, next, policy, now] = await Promise.all([
    readOpenForBulk(ctx.db, slug, ctx.actor.id),
    nextOpen(ctx.db, slug, ctx.actor.id, 0),
    readPolicy(ctx),
    serverTime(ctx),
  ]);
  const query = await searchParams;
  const decided = Number(one(query.decided));
  const title = periodTitle(campaign.firstDay, campaign.lastDay);
  return (
    <Page
      title="Decide several at once"
      lead="Only agents who may look and never act. Every other right is privileged, and decided one by one."
      crumbs={[{ label: title, href: `/reviews/${slug}` }, { label: "Several at once" }]}
      actions={
        next !== null && (
          <ButtonLink href={`/reviews/${slug}/items/${next}`} iconAfter="right">
            One by one
          </ButtonLink>
        )
      }
    >
      <Done ctx={ctx} slug={slug} number={one(query.done)} />
      {decided > 0 && (
        <>
          <Confirmed
            id={`decided ${decided}`}
            text={decided === 1 ? "1 item is decided." : `${decided} items are decided.`}
          />
          <ForgetQuery name="decided" />
        </>
      )}
      {campaign.status === "closed" ? (
        <Empty kind="nothing" icon="lock" title="The review is closed">
          Nothing of it changes any more.
        </Empty>
      ) : items.length === 0 ? (
        <Empty
          kind="nothing"
          icon="check"
          title={
            next === null ? "All of yours are decided" : "Nothing that is not privileged is left"
          }
        >
          {next === null
            ? "Compliance closes the review when everybody has decided."
            : "What is left is decided one by one."}
        </Empty>
      ) : (
        <Card label="Yours to decide, not privileged">
          <BulkForm
            slug={slug}
            rushed={policy.reviews.rushedDecisions}
            rows={items.map((item) => ({
              id: item.id,
              number: item.number,
              name: item.name,
              role: item.role,
              team: item.team,
              right: `${roleWords[item.role].name}${item.lookingOnly ? ", looking only" : ""}`,
              lastUsed: item.lastUsedAt ? dayOnly(item.lastUsedAt, now, ctx.actor.zone) : null,
            }))}
          />
        </Card>
      )}
    </Page>
  );
}
