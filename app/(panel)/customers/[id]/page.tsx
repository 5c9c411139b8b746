import type { Metadata } from "next";
import { Can, ScopeMark } from "#components/marks.tsx";
import { SubjectDisc } from "#components/people.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Page } from "#components/ui/page.tsx";
import { readOwnLive } from "#lib/impersonation/queries.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { may, reach } from "#lib/staff/rights.ts";
import { personRow } from "../../_components/person-row.ts";
import { capital } from "../../_components/words.ts";
import { givenName } from "../../_words/given-name.ts";
import type { Query } from "../../_words/one.ts";
import { searchName } from "../../_words/place-names.ts";
import { BeforePage } from "../_components/before.tsx";
import { BeforeCards } from "../_components/before-cards.tsx";
import { BeforeTabs } from "../_components/before-tabs.tsx";
import { NotOpened, notOpenedTitle } from "../_components/not-opened.tsx";
import { openedSubject } from "../_components/opened.ts";
import { showParams } from "../_components/show-params.ts";
import { Tickets } from "../_components/tickets.tsx";
import { Beside } from "./_components/beside.tsx";
import "../_components/customers.css";

type Props = { params: Promise<{ id: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const opened = await openedSubject("open_subject", (await params).id);
  if (!opened.ok) return { title: notOpenedTitle(opened.error) };
  const { subject } = opened;
  return { title: `${subject.name}, ${subject.account.name}` };
}

/** One customer's user. Opening it is an entry. */
export default async function PersonPage({ params, searchParams }: Props) {
  const opened = await openedSubject("open_subject", (await params).id);
  if (!opened.ok) return <NotOpened error={opened.error} />;
  const { ctx, subject } = opened;
  const query = showParams.parse(await searchParams);
  const { actor } = ctx;
  const now = await serverTime(ctx);
  const standsIn = may(actor, "start");
  const live = standsIn ? await readOwnLive(ctx) : null;
  const own = live?.subject.id === subject.subjectId ? live : null;
  const row = personRow(subject, now, actor.zone);
  const path = `/customers/${subject.subjectId}`;
  const before = {
    ctx,
    now,
    path,
    customer: { kind: "person", id: subject.subjectId, name: subject.name } as const,
  };
  return (
    <Page
      title={subject.name}
      sign={<SubjectDisc name={subject.name} size="large" service={row.isService} />}
      crumbs={[
        { label: searchName(actor), href: "/" },
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
          <ButtonLink href={`${path}/report`} icon="download">
            Own report…
          </ButtonLink>
        ) : (
          standsIn &&
          row.can !== "no" &&
          own?.scope !== "write" && (
            <ButtonLink
              variant="primary"
              size="large"
              href={own ? `/sessions/${own.id}/act` : `${path}/start`}
            >
              {goOn(row.can === "ask", own !== null)} {givenName(subject.name)}
            </ButtonLink>
          )
        )
      }
    >
      <BeforeTabs
        path={path}
        first="Person"
        label={`About ${subject.name}`}
        show={query.show}
        of={{ subject: subject.subjectId }}
        far={reach(actor, "read_audit")}
      />
      {query.show ? (
        <BeforePage {...before} show={query.show} params={query} />
      ) : (
        <div className="beside">
          <div className="stack">
            <Tickets subject={subject} actorId={actor.id} linked={standsIn && row.can !== "no"} />
            <BeforeCards {...before} />
          </div>
          <Beside ctx={ctx} subject={subject} row={row} now={now} />
        </div>
      )}
    </Page>
  );
}

function goOn(asks: boolean, looking: boolean): string {
  if (looking) return asks ? "Ask to act as" : "Act as";
  return asks ? "Ask to stand in for" : "Stand in for";
}
