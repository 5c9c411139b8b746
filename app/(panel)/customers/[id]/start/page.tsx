import type { Metadata } from "next";
import { Page } from "#components/ui/page.tsx";
import { readBreadth } from "#lib/impersonation/breadth.ts";
import { readOwnLive } from "#lib/impersonation/queries.ts";
import { isUpgrade } from "#lib/impersonation/rules.ts";
import { type Decision, decide, isLookingOnly } from "#lib/policy/decide.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { type Requirement, votesNeeded } from "#lib/policy/requirements.ts";
import { sensitivity } from "#lib/policy/sensitivity.ts";
import { readOwnStanding } from "#lib/requests/own-standing.ts";
import { possibleVoters } from "#lib/requests/possible-voters.ts";
import { readOwnOpen, readRequest } from "#lib/requests/queries.ts";
import { NotOpened, notOpenedTitle } from "../../_components/not-opened.tsx";
import { openedSubject } from "../../_components/opened.ts";
import { BreadthNote } from "./_components/breadth-note.tsx";
import { liveSession } from "./_components/live-session.ts";
import { NotPossible } from "./_components/not-possible.tsx";
import { OpenAlready } from "./_components/open-already.tsx";
import { StartForm } from "./_components/start-form.tsx";
import { SubjectCard } from "./_components/subject-card.tsx";
import { firstAnswers } from "./first-answers.ts";
import { startParams } from "./search-params.ts";
import { standingChoices } from "./standing-choices.ts";
import { standingNow } from "./standing-now.ts";
import "./start.css";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const titleFor = (name: string, asks: boolean): string =>
  asks ? `Ask to stand in for ${name}` : `Stand in for ${name}`;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const opened = await openedSubject("start", (await params).id);
  if (!opened.ok) return { title: notOpenedTitle(opened.error) };
  const { subject } = opened;
  return { title: `Impersonate ${subject.name}` };
}

const wantedBy = (decision: Decision): readonly Requirement[] =>
  decision.kind === "needs_approval" ? decision.requirements : [];

export default async function StartPage({ params, searchParams }: Props) {
  const opened = await openedSubject("start", (await params).id);
  if (!opened.ok) return <NotOpened error={opened.error} />;
  const { ctx, subject } = opened;
  const asked = startParams.parse(await searchParams);
  const [policy, managers, live, open, breadth, again] = await Promise.all([
    currentPolicy(ctx.db),
    possibleVoters(ctx, [{ by: "manager", votes: 1 }]),
    readOwnLive(ctx),
    readOwnOpen(ctx),
    readBreadth(ctx.db, ctx.actor.id, subject.subjectId),
    asked.again ? readRequest(ctx, asked.again) : null,
  ]);
  const decision = decide(ctx.actor, subject, policy);
  const crumbs = [
    { label: "Search", href: asked.from || "/" },
    { label: subject.account.name, href: `/customers/accounts/${subject.account.id}` },
    { label: subject.name, href: `/customers/${subject.subjectId}` },
    { label: "Stand in" },
  ];
  if (decision.kind === "refuse")
    return <NotPossible subject={subject} crumbs={crumbs} refusal={decision} />;

  const wants = {
    read: wantedBy(decision),
    write: wantedBy(decide(ctx.actor, subject, policy, "write")),
  };
  const asks = wants.read.length > 0;
  const of = { accountId: subject.account.id, productId: subject.product.id };
  const [approvers, standing] = await Promise.all([
    possibleVoters(ctx, [...wants.read, ...wants.write]),
    readOwnStanding(ctx, { ...of, wants, because: sensitivity(subject) }),
  ]);
  const stands = standingNow(standing, new Date(), ctx.actor.zone);
  const answers = firstAnswers(ctx.actor, subject, policy, asked, again);
  const looksNow =
    live !== null &&
    isUpgrade(
      { subjectId: live.subject.id, scope: live.scope },
      { subjectId: subject.subjectId, scope: "write" },
    );
  // Who asks again comes from that request, and is not sent back to it.
  const openHere = open.find(
    ({ id, subject: of }) => of.id === subject.subjectId && id !== asked.again,
  );
  return (
    <Page
      title={titleFor(subject.name, asks)}
      lead="Impersonation, in a session of your own: for a reason, for a time, on record."
      crumbs={crumbs}
    >
      {openHere && <OpenAlready request={openHere} />}
      <BreadthNote ctx={ctx} breadth={breadth} policy={policy} approvers={managers} />
      <StartForm
        subject={{ id: subject.subjectId, name: subject.name, lang: subject.lang }}
        product={{ name: subject.product.name, environment: subject.product.environment }}
        policy={{
          reasons: policy.reasons,
          approvals: { read: votesNeeded(wants.read), write: votesNeeded(wants.write) },
          standing: standingChoices(policy, new Date(), ctx.actor.zone),
          lapseMinutes: policy.lapseMinutes,
          startWithinMinutes: policy.startWithinMinutes,
          idleMinutes: policy.idleMinutes,
          maxMinutes: policy.maxMinutes,
          exportsInWrite: policy.exportsInWrite,
        }}
        approvers={approvers.map(({ name, atWork }) => ({ name, atWork }))}
        tickets={subject.openTickets.map(({ reference, title, assigneeId, assigneeName }) => ({
          reference,
          title,
          whose: assigneeId === ctx.actor.id ? "yours" : assigneeName,
        }))}
        standing={stands}
        answers={answers}
        looksOnly={isLookingOnly(ctx.actor)}
        looksNow={looksNow}
        zone={ctx.actor.zone}
        hasNews={openHere !== undefined}
        glass={asks && policy.breakGlass.allowed}
        live={live && liveSession(live)}
      >
        <SubjectCard
          ctx={ctx}
          subject={subject}
          because={decision.kind === "needs_approval" ? decision.because : []}
          wants={wants}
          policy={policy}
          approvers={approvers}
          standing={stands}
        />
      </StartForm>
    </Page>
  );
}
