import type { Metadata } from "next";
import { PackCard } from "#app/_evidence/pack-card.tsx";
import { absolute, cityOf } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { isClosed, namesThen, readCampaign } from "#lib/evidence/pack/campaign.ts";
import { readItems } from "#lib/evidence/pack/items.ts";
import { namesOf, readSummary } from "#lib/evidence/pack/summary.ts";
import { counted } from "#lib/findings/spoken-time.ts";
import { periodDays } from "#lib/kernel/days.ts";
import { noteLook, refuseGuest, requireGuest } from "#lib/platform/require-guest.ts";
import { onRecordWords } from "#lib/reviews/on-record-words.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { ItemsTable } from "../../../../_components/items-table.tsx";

export const metadata: Metadata = { title: "Access review" };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};
const atOnce = 50;

export default async function AuditorReviewPage({ params, searchParams }: Props) {
  const guest = await requireGuest();
  const { ctx } = guest;
  const { slug } = await params;
  const campaign = await readCampaign(ctx, slug);
  if (!campaign)
    return refuseGuest(guest, `a review that is not of the period: ${slug.slice(0, 80)}`);
  const asked = Number((await searchParams).after);
  const after = Number.isSafeInteger(asked) && asked > 0 && asked < 2 ** 31 ? asked : 0;
  const names = await namesThen(ctx.db, campaign);
  const [items, summary, nameOf] = await Promise.all([
    readItems(ctx.db, campaign.id, { after, limit: atOnce + 1 }, names),
    readSummary(ctx.db, campaign),
    namesOf(ctx.db, [campaign.openedBy, campaign.closedBy], names),
  ]);
  await noteLook(guest, `the review ${slug}`, { review: slug });
  const shown = items.slice(0, atOnce);
  const last = shown.at(-1);
  const { counts } = campaign;
  const path = `/auditor/reviews/${slug}`;
  const { zone } = campaign;
  return (
    <Page
      actions={<PrintButton />}
      width="wide"
      title={`Access review, ${periodTitle(campaign.firstDay, campaign.lastDay)}`}
      lead={`${periodDays(campaign.firstDay, campaign.lastDay)}, ${cityOf(zone)} time`}
      crumbs={[
        { label: "Evidence", href: "/auditor" },
        { label: periodTitle(campaign.firstDay, campaign.lastDay) },
      ]}
    >
      <Facts
        items={[
          { key: "grants", n: counts.grants, of: "grants of roles" },
          { key: "people", n: counts.people, of: "people" },
          { key: "keep", n: summary.decided.keep ?? 0, of: "kept" },
          {
            key: "change",
            n: (summary.decided.change ?? 0) + (summary.decided.revoke ?? 0),
            of: "changed or revoked",
          },
          { key: "exception", n: summary.decided.exception ?? 0, of: "excepted" },
          { key: "taken", n: summary.decided.taken ?? 0, of: "taken meanwhile" },
          { key: "undecided", n: summary.decided.undecided ?? 0, of: "undecided" },
        ]}
      />
      <Card title="Population and reconciliation" id="population">
        <DescriptionList
          items={[
            [
              "Frozen",
              `${absolute(campaign.openedAt, zone)} by ${nameOf(campaign.openedBy) ?? "itself"}`,
            ],
            ["Complete up to", absolute(campaign.throughAt, zone)],
            [
              "Of the people",
              `${counts.deactivated} deactivated, ${counted(counts.service, "service account")}, ${counts.dormant} dormant`,
            ],
            ["On record then", counts.onRecord && onRecordWords(counts.grants, counts.onRecord)],
            [
              "Against the roster",
              summary.roster
                ? `${summary.roster.inBoth} in both, ${summary.roster.onlyInRoster.length} only in the roster, ${summary.roster.onlyInPanel.length} only in the panel, ${summary.roster.differ.length} with another status`
                : "no roster was held against it",
            ],
            [
              "Closed",
              campaign.closedAt
                ? `${absolute(campaign.closedAt, zone)} by ${nameOf(campaign.closedBy)}`
                : "not yet: what is here can still change",
            ],
            ["Statement", campaign.statement && <Quote>{campaign.statement}</Quote>],
          ]}
        />
        <details className="more pt-3">
          <summary className="btn">The query that gave the population, as it ran</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <pre tabIndex={0} className="query">
            {campaign.query}
          </pre>
        </details>
      </Card>
      <PackCard action={`${path}/pack`} isClosed={isClosed(campaign)} />
      <Card
        flush
        title="Items"
        id="items"
        footer={
          (after > 0 || items.length > atOnce) && (
            <nav className="row" aria-label="Pages of items">
              {after > 0 && (
                <ButtonLink href={path} icon="left">
                  From the first
                </ButtonLink>
              )}
              {last && items.length > atOnce && (
                <ButtonLink href={`${path}?after=${last.number}`} iconAfter="right">
                  After these
                </ButtonLink>
              )}
            </nav>
          )
        }
      >
        <ItemsTable items={shown} path={path} zone={zone} />
      </Card>
    </Page>
  );
}
