import type { Metadata } from "next";
import { Can, ScopeMark } from "#components/marks.tsx";
import { SubjectDisc } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Page } from "#components/ui/page.tsx";
import { readPersonFlags } from "#lib/directory/read-flags.ts";
import { readStoodInFor } from "#lib/impersonation/history.ts";
import { readOwnLive, readPast } from "#lib/impersonation/queries.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { approversOf } from "#lib/staff/queries.ts";
import { may } from "#lib/staff/rights.ts";
import { environmentWords } from "#lib/vocabulary-labels.ts";
import { Email } from "../../_components/email.tsx";
import { personRow } from "../../_components/person-row.ts";
import { Standing } from "../../_components/standing.tsx";
import { capital } from "../../_components/words.ts";
import { givenName } from "../../_words/given-name.ts";
import { AccountFacts } from "../_components/account-facts.tsx";
import { Flags } from "../_components/flags.tsx";
import { HeldBefore } from "../_components/held-before.tsx";
import { NotOpened, notOpenedTitle } from "../_components/not-opened.tsx";
import { openHeld, openProposals } from "../_components/open-proposals.ts";
import { openedSubject } from "../_components/opened.ts";
import { Past } from "../_components/past.tsx";
import { Tickets } from "../_components/tickets.tsx";
import "../_components/customers.css";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const opened = await openedSubject("open_subject", (await params).id);
  if (!opened.ok) return { title: notOpenedTitle(opened.error) };
  const { subject } = opened;
  return { title: `${subject.name}, ${subject.account.name}` };
}

/** One customer's user. Opening it is an entry. */
export default async function PersonPage({ params }: Props) {
  const opened = await openedSubject("open_subject", (await params).id);
  if (!opened.ok) return <NotOpened error={opened.error} />;
  const { ctx, subject } = opened;
  const { db, actor } = ctx;
  const now = await serverTime(ctx);
  const standsIn = may(actor, "start");
  const [policy, approvers, stoodIn, past, live, flags, proposals, held] = await Promise.all([
    currentPolicy(db),
    approversOf(db, actor.id),
    readStoodInFor(db, subject.subjectId, actor.id, now),
    readPast(ctx, { subjectId: subject.subjectId }, {}, 10),
    standsIn ? readOwnLive(ctx) : null,
    readPersonFlags(db, subject.subjectId),
    openProposals(ctx, subject.account.id, subject.subjectId),
    subject.heldBecause.length > 0 ? openHeld(ctx, subject.account.id, subject.subjectId) : null,
  ]);
  const own = live?.subject.id === subject.subjectId ? live : null;
  const row = personRow(subject, now, actor.zone);
  const day = (at: Date) => <Time at={at} now={now} zone={actor.zone} style="day" />;
  return (
    <Page
      title={subject.name}
      sign={<SubjectDisc name={subject.name} size="large" service={row.isService} />}
      crumbs={[
        { label: standsIn ? "Search" : "Customers", href: "/" },
        { label: subject.account.name, href: `/customers/accounts/${subject.account.id}` },
        { label: subject.name },
      ]}
      facts={
        <>
          {capital(row.role)} at {subject.account.name} ·{" "}
          <span className="mono">{subject.externalId}</span>
          {own ? (
            <ScopeMark scope={own.scope} live>
              You, now
            </ScopeMark>
          ) : (
            <Can can={row.can}>{row.refusal?.short}</Can>
          )}
        </>
      }
      actions={
        may(actor, "export_evidence") ? (
          <ButtonLink href={`/customers/${subject.subjectId}/report`} icon="download">
            Own report…
          </ButtonLink>
        ) : (
          standsIn &&
          row.can !== "no" &&
          own?.scope !== "write" && (
            <ButtonLink
              variant="primary"
              size="large"
              href={own ? `/sessions/${own.id}/act` : `/customers/${subject.subjectId}/start`}
            >
              {goOn(row.can === "ask", own !== null)} {givenName(subject.name)}
            </ButtonLink>
          )
        )
      }
    >
      <div className="beside">
        <div className="stack">
          <Tickets subject={subject} actorId={actor.id} linked={standsIn && row.can !== "no"} />
          <Past
            title={`${standsIn ? "When you stood in for" : "Who stood in for"} ${givenName(subject.name)}`}
            sessions={past.rows}
            now={now}
            zone={actor.zone}
            actorId={actor.id}
            isOwnOnly={standsIn}
            total={stoodIn.times}
          />
        </div>
        <aside className="stack" aria-label="Facts">
          <Standing
            row={row}
            approvals={policy.approvals.sensitive}
            approvers={approvers}
            standsIn={standsIn}
          />
          <Card title="Person" id="person">
            <DescriptionList
              narrow
              items={[
                ["E-mail", <Email key="e">{subject.email}</Email>],
                ["Role there", capital(row.role)],
                [
                  "Last seen",
                  subject.lastSeenAt ? (
                    <Time key="s" at={subject.lastSeenAt} now={now} zone={actor.zone} />
                  ) : (
                    "Never signed in"
                  ),
                ],
                ["Status", subject.status === "active" ? "Active" : "Deactivated"],
                [
                  "Product",
                  `${subject.product.name}, ${environmentWords[subject.product.environment].toLowerCase()} environment`,
                ],
                [
                  "Stood in for",
                  <>
                    {timesIn90Days(stoodIn.times)}
                    {stoodIn.last && <>, last on {day(stoodIn.last)}</>}
                    {stoodIn.ownLast && <>, by you on {day(stoodIn.ownLast)}</>}
                  </>,
                ],
              ]}
            />
          </Card>
          <HeldBefore
            subjectId={subject.subjectId}
            given={givenName(subject.name)}
            product={subject.product.name}
            held={subject.heldBecause}
            waiting={held}
            mayChange={may(actor, "change_flags")}
          />
          <Flags
            flags={flags}
            of={{ kind: "person", id: subject.subjectId, name: subject.name }}
            product={subject.product.name}
            proposals={proposals}
            mayChange={may(actor, "change_flags")}
            now={now}
            zone={actor.zone}
          />
          <AccountFacts account={subject.account} />
        </aside>
      </div>
    </Page>
  );
}

function goOn(asks: boolean, looking: boolean): string {
  if (looking) return asks ? "Ask to act as" : "Act as";
  return asks ? "Ask to stand in for" : "Stand in for";
}

const timesIn90Days = (times: number): string =>
  times === 0 ? "Not in 90 days" : `${times === 1 ? "Once" : `${times} times`} in 90 days`;
