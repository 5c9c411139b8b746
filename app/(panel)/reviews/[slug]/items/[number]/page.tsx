import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { readClosing } from "#lib/reviews/closing.ts";
import { conflictWith } from "#lib/reviews/conflict.ts";
import { readDecisions, readLastDecision, readPlace } from "#lib/reviews/decisions.ts";
import { exceptableFor, readException } from "#lib/reviews/except.ts";
import { figuresOf } from "#lib/reviews/figures-of.ts";
import { readTasksGivenOn } from "#lib/reviews/give-task-on.ts";
import { readGivenOn } from "#lib/reviews/given-on.ts";
import { readGivenSince } from "#lib/reviews/given-since.ts";
import { readRights, readVisit } from "#lib/reviews/item.ts";
import { isLastAdmin } from "#lib/reviews/last-admin.ts";
import { maySeeFigures } from "#lib/reviews/look.ts";
import { readPossibleReviewers } from "#lib/reviews/reviewers.ts";
import { periodTitle } from "#lib/reviews/rules.ts";
import { readSample } from "#lib/reviews/sample.ts";
import { mayFollow, readRemediations } from "#lib/reviews/tasks.ts";
import { readOwnAccounts } from "#lib/staff/own-accounts.ts";
import { may } from "#lib/staff/rights.ts";
import { periodBefore } from "#lib/usage/period.ts";
import { one, type Query } from "../../../../_words/one.ts";
import { Done } from "../done.tsx";
import { calledBy } from "../words.ts";
import { Aside } from "./_components/aside.tsx";
import { Decided } from "./_components/decided.tsx";
import { Did } from "./_components/did.tsx";
import { Excepted } from "./_components/excepted.tsx";
import { Followed } from "./_components/followed.tsx";
import { Head } from "./_components/head.tsx";
import { ItemKeys } from "./_components/item-keys.tsx";
import { Last } from "./_components/last.tsx";
import { Rights } from "./_components/rights.tsx";
import { Sampled } from "./_components/sampled.tsx";
import { TaskForm } from "./_components/task-form.tsx";
import { lookedAt } from "./read.ts";
import "./item.css";

type Props = { params: Promise<{ slug: string; number: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, number } = await params;
  const { item } = await lookedAt(slug, number);
  return { title: `${item.name}, ${item.role} · Review` };
}

export default async function ItemPage({ params, searchParams }: Props) {
  const { slug, number } = await params;
  const { ctx, item } = await lookedAt(slug, number);
  const { db, actor: reader } = ctx;
  const seesFigures = await maySeeFigures(db, reader, item);
  const [rights, figures, sample, last, decisions, remediations, place, exceptionDays] =
    await Promise.all([
      readRights(db, item),
      seesFigures ? figuresOf(db, item) : null,
      seesFigures ? readSample(db, item.id) : [],
      readLastDecision(db, item),
      readDecisions(db, item.id),
      readRemediations(db, item.id),
      readPlace(db, item),
      exceptableFor(db, reader, item),
    ]);
  const [
    began,
    conflict,
    exception,
    reviewers,
    since,
    givenOn,
    lastAdmin,
    tasksGivenOn,
    closing,
    accounts,
    now,
  ] = await Promise.all([
    readVisit(db, item.id, reader.id),
    conflictWith(db, reader, item),
    readException(db, item.id),
    readPossibleReviewers(db, item.id),
    readGivenSince(db, item),
    readGivenOn(db, item.id),
    isLastAdmin(db, item),
    readTasksGivenOn(db, item.id),
    readClosing(db, item.campaign.id),
    readOwnAccounts(db, reader.id),
    serverTime(ctx),
  ]);
  const { zone } = reader;
  const { campaign } = item;
  const isReviewer = item.reviewerId === reader.id;
  const href = (to: number | null | undefined) => (to ? `/reviews/${slug}/items/${to}` : null);
  const title = periodTitle(campaign.firstDay, campaign.lastDay);
  const before = periodBefore(campaign);
  const open = campaign.status === "open";
  const follows = open && mayFollow(reader, item, accounts);
  const taskSetter = follows && item.decision !== null && item.decision !== "keep";
  return (
    <div className="page review-item">
      <Done ctx={ctx} slug={slug} number={one((await searchParams).done)} />
      <ItemKeys key={item.id} next={href(place?.next)} previous={href(place?.previous)} />
      <Head
        item={item}
        reader={reader}
        place={place}
        title={title}
        hasSample={sample.length > 0}
        seesFindings={seesFigures}
      />
      <div className="beside-decision">
        <div className="stack">
          {decisions.length > 0 && <Decided decisions={decisions} now={now} zone={zone} />}
          {exception && (
            <Excepted exception={exception} stands={item.excepted} now={now} zone={zone} />
          )}
          {remediations.length > 0 && (
            <Followed
              remediations={remediations}
              readerId={reader.id}
              accounts={accounts}
              follows={follows}
              gives={follows && may(reader, "run_reviews")}
              givenOn={tasksGivenOn}
              now={now}
              zone={zone}
            >
              {taskSetter && <TaskForm itemId={item.id} />}
            </Followed>
          )}
          <Card
            title={`What ${calledBy(item)} may do`}
            id="rights"
            flush
            aside={<span className="faint">as it was when the review opened</span>}
          >
            <Rights name={item.name} rights={rights} number={item.number} now={now} zone={zone} />
          </Card>
          {figures ? (
            <>
              <Did
                item={item}
                figures={figures}
                period={title}
                before={periodTitle(before.firstDay, before.lastDay)}
              />
              <Sampled item={item} sample={sample} opens={isReviewer} now={now} zone={zone}>
                <Last last={last} now={now} zone={zone} />
              </Sampled>
            </>
          ) : (
            <Note icon="info" title="Figures are not shown here">
              What somebody did is for that person, their manager, compliance, and their reviewer
              until the review is closed.
            </Note>
          )}
        </div>
        <Aside
          key={item.id}
          item={item}
          reader={reader}
          conflict={conflict}
          sample={{
            opened: sample.filter(({ openedAt }) => openedAt).length,
            size: sample.length,
          }}
          seconds={began && Math.floor((now.getTime() - began.getTime()) / 1000)}
          handOnTo={
            isReviewer || (may(reader, "run_reviews") && conflict === null) ? reviewers : null
          }
          exceptionDays={exceptionDays}
          since={since}
          givenOn={givenOn}
          isLastAdmin={lastAdmin}
          closing={closing}
          now={now}
          zone={zone}
        />
      </div>
    </div>
  );
}
