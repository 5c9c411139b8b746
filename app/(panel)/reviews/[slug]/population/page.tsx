import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Time } from "#components/time.tsx";
import { number } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { readComparison, readQuery } from "#lib/reviews/campaigns.ts";
import { type ComparedParams, comparedParams, readCompared } from "#lib/reviews/compared.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { may, reach } from "#lib/staff/rights.ts";
import { type Role, roles } from "#lib/vocabulary.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { address } from "../../../_filters/address.ts";
import type { Query } from "../../../_words/one.ts";
import { auditAddress } from "../../../audit/address.ts";
import { OnRecord } from "../../_components/on-record.tsx";
import { RosterForm } from "../../_components/roster-form.tsx";
import { RosterTable } from "../../_components/roster-table.tsx";
import { reviewPath } from "../../address.ts";
import { reviewOf } from "../read.ts";
import "../../reviews.css";

export const metadata: Metadata = { title: "Population" };

type Props = { params: Promise<{ slug: string }>; searchParams: Query };

export default async function PopulationPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { ctx, campaign } = await reviewOf(slug);
  if (!campaign || reach(ctx.actor, "see_reviews") !== "all") notFound();
  const [query, comparison, now] = await Promise.all([
    readQuery(ctx.db, campaign.id),
    readComparison(ctx.db, campaign.id),
    serverTime(ctx),
  ]);
  const asked = comparedParams.parse(await searchParams);
  const lists = comparison && (await readCompared(ctx.db, comparison.id, asked));
  const place = (list: keyof ComparedParams) => (from: number) =>
    `${address(`${reviewPath(slug)}/population`, textsOf({ ...asked, [list]: from }))}#${list}`;
  const { counts } = campaign;
  const { zone } = ctx.actor;
  return (
    <Page
      title="Population"
      crumbs={[
        { label: "Access reviews", href: "/reviews" },
        { label: periodTitle(campaign.firstDay, campaign.lastDay), href: reviewPath(slug) },
        { label: "Population" },
      ]}
      lead={
        <>
          Each grant of a role that was held at any time from{" "}
          <Time at={campaign.startsAt} now={now} zone={zone} style="evidence" /> and before{" "}
          <Time at={campaign.throughAt} now={now} zone={zone} style="evidence" />, as it was when
          the review opened.
        </>
      }
    >
      <Card
        id="counts"
        title="Counts"
        aside={
          <span className="row">
            <PlainLink
              href={auditAddress({ event: "review.opened", open: campaign.openedEntryId })}
            >
              Entry with their hash
            </PlainLink>
            {may(ctx.actor, "export_evidence") && (
              <a className="btn" href={`${reviewPath(slug)}/population/file`}>
                Every grant as CSV
              </a>
            )}
          </span>
        }
      >
        <Facts
          items={[
            {
              key: "grants",
              n: number(counts.grants),
              of: counts.grants === 1 ? "grant" : "grants",
            },
            {
              key: "people",
              n: number(counts.people),
              of: counts.people === 1 ? "person" : "people",
            },
            ...roles.map((role) => ({
              key: role,
              n: number(counts.byRole[role] ?? 0),
              of: roleWord(role, counts.byRole[role] ?? 0),
            })),
            { key: "deactivated", n: number(counts.deactivated), of: "deactivated" },
            {
              ...{ key: "service", n: number(counts.service) },
              of: counts.service === 1 ? "service account" : "service accounts",
            },
            { key: "dormant", n: number(counts.dormant), of: "not used" },
            { key: "ended", n: number(counts.ended), of: "ended before" },
          ]}
        />
        {counts.onRecord && <OnRecord inReview={counts.grants} {...counts.onRecord} />}
      </Card>
      <Card
        id="query"
        title="Query"
        aside={<span className="faint">as it ran, with nothing left out</span>}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
        <pre className="query" tabIndex={0}>
          {query}
        </pre>
      </Card>
      <Card
        id="against-roster"
        title="Against the company’s roster"
        aside={comparison && <Time at={comparison.at} now={now} zone={zone} />}
      >
        <div className="stack">
          {comparison ? (
            <p className="sm soft">
              {comparison.by} compared it with {comparison.fileName ?? "a roster"} of{" "}
              {number(comparison.lines)} {comparison.lines === 1 ? "line" : "lines"}:{" "}
              {number(comparison.inBoth)} in both.{" "}
              <span className="mono xs wrap-anywhere">SHA-256 {comparison.sha256}</span>
            </p>
          ) : (
            <Note>
              The population is what Alongside knows. The company’s own list of who works there
              shows whether somebody is in one and not in the other.
            </Note>
          )}
          {may(ctx.actor, "run_reviews") && campaign.status === "open" && (
            <RosterForm campaignId={campaign.id} />
          )}
        </div>
      </Card>
      {comparison && lists && (
        <>
          <RosterTable
            id="here"
            title="Here, and not in the roster"
            empty="Everybody here is in the roster."
            rows={lists.onlyInPanel}
            from={asked.here}
            of={comparison.onlyHere}
            place={place("here")}
          />
          <RosterTable
            id="differ"
            title="In both, with another status"
            empty="Both say the same of everybody."
            rows={lists.differ}
            from={asked.differ}
            of={comparison.differ}
            place={place("differ")}
          />
          <RosterTable
            id="there"
            title="In the roster, without any right here"
            empty="Everybody in the roster held a right."
            rows={lists.onlyInRoster}
            from={asked.there}
            of={comparison.onlyThere}
            place={place("there")}
          />
        </>
      )}
    </Page>
  );
}

/** "Agents", and of one "agent"; compliance is no number. */
const roleWord = (role: Role, n: number): string => {
  const word = roleWords[role].name.toLowerCase();
  return n === 1 || role === "compliance" ? word : `${word}s`;
};

/** What begins at the first is left out. */
const textsOf = (params: ComparedParams) =>
  Object.fromEntries(
    Object.entries(params).map(([list, from]) => [list, from > 0 ? `${from}` : null]),
  );
