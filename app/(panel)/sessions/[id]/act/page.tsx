import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { PairDiscs } from "#components/people.tsx";
import { Page } from "#components/ui/page.tsx";
import { readOwn, readOwnLive } from "#lib/impersonation/queries.ts";
import { idSchema, sessionNumber } from "#lib/kernel/ids.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { decide } from "#lib/policy/decide.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { votesNeeded } from "#lib/policy/requirements.ts";
import { sensitivity } from "#lib/policy/sensitivity.ts";
import { readOwnStanding } from "#lib/requests/own-standing.ts";
import { possibleVoters } from "#lib/requests/possible-voters.ts";
import { readOwnOpen } from "#lib/requests/queries.ts";
import { one, type Query } from "../../../_words/one.ts";
import { listOf } from "../../../_words/place-names.ts";
import { NotOpened } from "../../../customers/_components/not-opened.tsx";
import { openedSubject } from "../../../customers/_components/opened.ts";
import { OpenAlready } from "../../../customers/[id]/start/_components/open-already.tsx";
import { standingNow } from "../../../customers/[id]/start/standing-now.ts";
import { ActFlow } from "./_components/act-flow.tsx";
import { ActForm } from "./_components/act-form.tsx";
import { Acts, NotHere } from "./_components/not-here.tsx";
import { carriedFrom, pageToComeBackTo } from "./carried.ts";
import "../../../customers/[id]/start/start.css";
import "./act.css";

type Props = { params: Promise<{ id: string }>; searchParams: Query };

const ownSession = cache(async (address: string) => {
  const ctx = await requireStaff("start");
  const id = idSchema.safeParse(address);
  return { ctx, session: id.success ? await readOwn(ctx, id.data) : null };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { session } = await ownSession((await params).id);
  return { title: session ? `Act as ${session.subject.name}` : "Act" };
}

/**
 * Where *Act…* in the product's banner leads: asks for just what is new. Looking goes on until acting starts, so the way
 * back is a link to the product's page.
 */
export default async function ActPage(props: Props) {
  // Called, not rendered: what is under the flow may become another page, and the flow goes on.
  return <ActFlow>{await content(props)}</ActFlow>;
}

async function content({ params, searchParams }: Props) {
  const { ctx, session } = await ownSession((await params).id);
  if (!session) notFound();
  const url = pageToComeBackTo(one((await searchParams).url), session);
  const crumbs = [
    listOf(ctx.actor, !session.isOver),
    { label: sessionNumber(session.number), href: `/sessions/${session.id}`, mono: true },
    { label: "Act" },
  ];
  const sign = <PairDiscs actor={ctx.actor.name} subject={session.subject.name} size="large" />;
  if (session.endCause === "upgraded") {
    const live = await readOwnLive(ctx);
    if (live?.subject.id === session.subject.id)
      return <Acts session={live} crumbs={crumbs} sign={sign} />;
  }
  const opened = await openedSubject("start", session.subject.id);
  if (!opened.ok) return <NotOpened error={opened.error} />;
  const { subject } = opened;
  const policy = await currentPolicy(ctx.db);
  const decision = decide(ctx.actor, subject, policy, "write");
  if (session.isOver || session.scope === "write" || decision.kind === "refuse")
    return <NotHere session={session} url={url} refusal={decision} crumbs={crumbs} sign={sign} />;

  const wanted = decision.kind === "needs_approval" ? decision.requirements : [];
  const of = { accountId: subject.account.id, productId: subject.product.id };
  const wants = { read: wanted, write: wanted };
  const [approvers, standing, open] = await Promise.all([
    possibleVoters(ctx, wanted),
    readOwnStanding(ctx, { ...of, wants, because: sensitivity(subject) }),
    readOwnOpen(ctx),
  ]);
  const asked = open.find(
    (request) => request.subject.id === subject.subjectId && request.scope === "write",
  );
  return (
    <Page
      title={`Act as ${subject.name}`}
      lead="From looking to acting: say why, and the rest is as before."
      crumbs={crumbs}
      sign={sign}
    >
      {asked && <OpenAlready request={asked} />}
      <ActForm
        subject={{ id: subject.subjectId, name: subject.name }}
        product={{ name: subject.product.name }}
        policy={{
          reasons: policy.reasons,
          maxMinutes: policy.maxMinutes,
          idleMinutes: policy.idleMinutes,
          lapseMinutes: policy.lapseMinutes,
          startWithinMinutes: policy.startWithinMinutes,
          exportsInWrite: policy.exportsInWrite,
        }}
        approvals={votesNeeded(wanted)}
        approvers={approvers.length}
        standing={standingNow(standing, new Date(), ctx.actor.zone)}
        carried={carriedFrom(session, policy, url)}
        hasNews={asked !== undefined}
        glass={wanted.length > 0 && policy.breakGlass.allowed && policy.breakGlass.write}
      />
    </Page>
  );
}
