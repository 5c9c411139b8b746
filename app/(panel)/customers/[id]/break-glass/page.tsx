import type { Metadata } from "next";
import { dated } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Page } from "#components/ui/page.tsx";
import { readOwnLive } from "#lib/impersonation/queries.ts";
import { readUnreviewed } from "#lib/impersonation/unreviewed.ts";
import { decide } from "#lib/policy/decide.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { approversOf } from "#lib/staff/queries.ts";
import { givenName } from "../../../_words/given-name.ts";
import { NotOpened, notOpenedTitle } from "../../_components/not-opened.tsx";
import { openedSubject } from "../../_components/opened.ts";
import { liveSession } from "../start/_components/live-session.ts";
import { NotPossible } from "../start/_components/not-possible.tsx";
import { GlassForm } from "./_components/glass-form.tsx";
import { NoGlass } from "./_components/no-glass.tsx";
import { glassParams } from "./search-params.ts";
import "../start/start.css";
import "./glass.css";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const opened = await openedSubject("start", (await params).id);
  if (!opened.ok) return { title: notOpenedTitle(opened.error) };
  return { title: `Break the glass for ${opened.subject.name}` };
}

export default async function BreakGlassPage({ params, searchParams }: Props) {
  const opened = await openedSubject("start", (await params).id);
  if (!opened.ok) return <NotOpened error={opened.error} />;
  const { ctx, subject } = opened;
  const { instead, from } = glassParams.parse(await searchParams);
  const [policy, approvers, live, unreviewed, request] = await Promise.all([
    currentPolicy(ctx.db),
    approversOf(ctx.db, ctx.actor.id),
    readOwnLive(ctx),
    readUnreviewed(ctx),
    instead ? readRequest(ctx, instead) : null,
  ]);
  const replaced =
    request?.actor.id === ctx.actor.id &&
    request.subject.id === subject.subjectId &&
    request.status === "pending"
      ? request
      : null;
  const start = `/customers/${subject.subjectId}/start`;
  const back = replaced ? `/requests/${replaced.id}` : from || start;
  const crumbs = [
    { label: "Search", href: "/" },
    { label: subject.account.name, href: `/customers/accounts/${subject.account.id}` },
    { label: subject.name, href: `/customers/${subject.subjectId}` },
    { label: "Break-glass" },
  ];
  const decision = decide(ctx.actor, subject, policy, "read");
  if (decision.kind === "refuse")
    return <NotPossible subject={subject} crumbs={crumbs} refusal={decision} />;
  const { breakGlass: rules } = policy;
  const why =
    decision.kind === "allow"
      ? "no_need"
      : !rules.allowed
        ? "policy"
        : unreviewed
          ? "unreviewed"
          : null;
  const now = new Date();
  const reviewBy = new Date(now.getTime() + rules.reviewHours * 3_600_000);
  return (
    <Page
      title={why ? "Break-glass" : `Break the glass for ${subject.name}`}
      lead={
        why
          ? undefined
          : "For the night when it cannot wait for an approval. It is loud, short and looked at afterwards."
      }
      crumbs={crumbs}
      actions={
        !why && (
          <ButtonLink href={back}>
            {replaced ? "Wait for an answer instead" : "Ask for an approval instead"}
          </ButtonLink>
        )
      }
    >
      <GlassForm
        instead={
          why && (
            <NoGlass
              ctx={ctx}
              why={why}
              unreviewed={unreviewed}
              approvers={approvers.map(({ name }) => name)}
              start={start}
              back={back}
            />
          )
        }
        subject={{ id: subject.subjectId, name: subject.name, given: givenName(subject.name) }}
        account={subject.account.name}
        product={subject.product.name}
        reasons={policy.reasons}
        rules={{
          minutes: Math.min(rules.minutes, policy.maxMinutes),
          write: rules.write && !ctx.actor.lookingOnly,
          reasonLength: rules.reasonLength,
        }}
        told={approvers.map(({ name }) => name)}
        reviewBy={dated(reviewBy, now, ctx.actor.zone).replace(/^T/, "t")}
        zone={ctx.actor.zone}
        answers={{
          reasonCategory: replaced?.reasonCategory ?? "incident",
          reason: replaced?.reason ?? "",
          callerCheck: replaced?.callerCheck ?? "",
          ticket: replaced?.ticket ?? "",
          scope: replaced?.scope === "write" && rules.write ? "write" : "read",
          targetLinkUri: replaced?.targetLinkUri ?? "",
          returnPath: replaced?.returnPath ?? (from || `/customers/${subject.subjectId}`),
          insteadOf: replaced?.id ?? "",
        }}
        back={back}
        live={live && liveSession(live)}
      />
    </Page>
  );
}
