import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PairDiscs } from "#components/people.tsx";
import { Refresh } from "#components/polling.tsx";
import { dayOnly } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { Page } from "#components/ui/page.tsx";
import { readStory } from "#lib/audit/queries.ts";
import { readCloserOf } from "#lib/findings/of-session.ts";
import { readDoneIn } from "#lib/impersonation/done-in.ts";
import { readSessionReview } from "#lib/impersonation/session-review.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { issuer } from "#lib/platform/issuer.ts";
import { currentStaff, requireStaff } from "#lib/platform/require-staff.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { may, reach } from "#lib/staff/rights.ts";
import { one, type Query } from "../../_words/one.ts";
import { listOf } from "../../_words/place-names.ts";
import { EndForm } from "../_components/end-form.tsx";
import { EndedToast } from "../_components/ended-toast.tsx";
import { endFromPage } from "../live/actions.ts";
import { About } from "./_components/about.tsx";
import { Approval } from "./_components/approval.tsx";
import { Bar } from "./_components/bar.tsx";
import { HeadActions } from "./_components/head-actions.tsx";
import { HeadFacts } from "./_components/head-facts.tsx";
import { ReviewCard } from "./_components/review-card.tsx";
import { SessionTimeline } from "./_components/session-timeline.tsx";
import { Sums } from "./_components/sums.tsx";
import { TicketNote } from "./_components/ticket-note.tsx";
import { readSession } from "./read.ts";
import { summaryOf } from "./summary.ts";
import { sessionSentence } from "./words.ts";
import "./session.css";

type Props = { params: Promise<{ id: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const session = await readSession((await params).id);
  const { ctx } = await currentStaff();
  if (!session || !ctx) return { title: "Session" };
  const day = dayOnly(session.startedAt, session.at, ctx.actor.zone);
  return { title: `${session.actor.name} as ${session.subject.name}, ${day}` };
}

export default async function SessionPage({ params, searchParams }: Props) {
  const ctx = await requireStaff("read_audit");
  const session = await readSession((await params).id);
  if (!session) notFound();
  const query = await searchParams;
  const [story, policy, review, done] = await Promise.all([
    readStory(ctx, { sessionId: session.id, requestId: session.request.id }),
    currentPolicy(ctx.db),
    readSessionReview(ctx.db, session.id, ctx.actor.id),
    readDoneIn(ctx.db, session.id),
  ]);
  const closer =
    review?.said?.verdict === "look_closer" ? await readCloserOf(ctx, session.id) : null;
  const { actor: reader } = ctx;
  const live = session.endedAt === null && session.overdue === null;
  const own = session.actor.id === reader.id;
  const mayEnd = live && (own || reach(reader, "end_session") === "all");
  const path = `/sessions/${session.id}`;
  const asking = mayEnd && one(query.end) === "1";
  const note = (
    <Card id="note" className="note-of" title={own ? "Note for the ticket" : "As text"}>
      <TicketNote
        sessionId={session.id}
        own={own}
        summary={summaryOf({ session, done, link: issuer().url + path, zone: reader.zone })}
      />
    </Card>
  );
  return (
    <Page
      title={sessionSentence(session)}
      crumbs={[listOf(reader, live), { label: sessionNumber(session.number), mono: true }]}
      sign={<PairDiscs size="large" actor={session.actor.name} subject={session.subject.name} />}
      facts={<HeadFacts session={session} reader={reader} />}
      actions={
        <HeadActions
          session={session}
          enter={live && own}
          own={own}
          end={mayEnd && !asking ? path : null}
          report={may(reader, "export_evidence") ? `${path}/report` : null}
        />
      }
    >
      {live && <Refresh pulse={`/sessions/live/pulse?session=${session.id}`} />}
      <EndedToast number={one(query.ended)} />
      {asking && (
        <Card label="End the session">
          <EndForm
            session={{ id: session.id, actor: session.actor.name, subject: session.subject.name }}
            own={own}
            keep={path}
            action={endFromPage}
          />
        </Card>
      )}
      <div className="session">
        <div className="stack">
          {review && (
            <ReviewCard session={session} review={review} reader={reader} finding={closer} />
          )}
          <Card label="What was done, in numbers">
            <div className="stack">
              <Sums session={session} />
              <Bar session={session} zone={reader.zone} />
            </div>
          </Card>
          {own && note}
          <SessionTimeline
            session={session}
            story={story}
            zone={reader.zone}
            only={one(query.only) === "writes"}
          />
        </div>
        <aside className="stack" aria-label="About this session">
          <About session={session} story={story} policy={policy} zone={reader.zone} />
          <Approval session={session} story={story} policy={policy} zone={reader.zone} />
          {!own && note}
        </aside>
      </div>
    </Page>
  );
}
