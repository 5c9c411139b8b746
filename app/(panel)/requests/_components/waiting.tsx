import { ScopeMark, scopeWords, TierMark } from "#components/marks.tsx";
import { PairDiscs } from "#components/people.tsx";
import { withUnit } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Page } from "#components/ui/page.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { currentPolicy, reasonLabel } from "#lib/policy/policy.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { basisWords, callerCheckWords } from "#lib/vocabulary-labels.ts";
import { anewSentence, placeIn } from "../words.ts";
import { Answer } from "./answer.tsx";
import { LookingGoesOn } from "./looking-goes-on.tsx";
import { Pending } from "./pending.tsx";
import { Standing } from "./standing.tsx";
import { StartFlow } from "./start-granted.tsx";
import "./waiting.css";

type WaitingProps = { ctx: Ctx<StaffActor>; request: RequestView };

/**
 * The agent's own request, from the question to the answer. The panel reads it anew when its status changes, so the
 * card turns to Start by itself; it is a live region, and the title of the tab says it too (`waitingTitle`).
 */
export async function Waiting({ ctx, request }: WaitingProps) {
  const { subject, account } = request;
  const policy = await currentPolicy(ctx.db);
  const { verb, word } = scopeWords[request.scope];
  const basis = basisWords[request.lawfulBasis];
  return (
    <Page
      title={`You asked to ${verb} as ${subject.name}`}
      crumbs={[
        { label: "My requests", href: "/requests" },
        { label: requestNumber(request.number), mono: true },
      ]}
      sign={<PairDiscs actor={ctx.actor.name} subject={subject.name} size="large" />}
      facts={
        <>
          {placeIn(subject)} {account.name} <TierMark tier={account.tier} />
          <ScopeMark scope={request.scope}>
            {request.scope === "read" ? "Looking only" : word}
          </ScopeMark>
          {withUnit(request.minutes, "min")}
        </>
      }
    >
      <div className="answer">
        <div className="stack">
          <StartFlow>
            <section className="card" aria-live="polite" aria-label="How it stands">
              {request.status === "pending" ? (
                <Pending ctx={ctx} request={request} policy={policy} />
              ) : (
                <Answer ctx={ctx} request={request} />
              )}
            </section>
          </StartFlow>
          <LookingGoesOn ctx={ctx} request={request} />
        </div>
        <Card title="What you asked" id="asked">
          <DescriptionList
            narrow
            items={[
              ["Asked anew", request.carriedFrom && anewSentence(request.carriedFrom)],
              ["Reason", reasonLabel(policy, request.reasonCategory)],
              ["In words", <Quote key="words">{request.reason}</Quote>],
              ["Verified", callerCheckWords[request.callerCheck]],
              [
                "Ticket",
                request.ticket && (
                  <span key="t" className="mono">
                    {request.ticket}
                  </span>
                ),
              ],
              ["Product", request.product.name],
              ["Basis", basis.charAt(0).toUpperCase() + basis.slice(1)],
              [
                "Stands",
                request.standingHours &&
                  `${withUnit(request.standingHours, "h")} for this account and ticket, if approved`,
              ],
            ]}
          />
        </Card>
        <Standing ctx={ctx} request={request} />
      </div>
    </Page>
  );
}

const titles: Record<RequestView["status"], string> = {
  pending: "Waiting",
  granted: "✓ Granted, start now",
  used: "Started",
  denied: "✕ Denied",
  cancelled: "Cancelled",
  lapsed: "Lapsed",
};

/** How the request stands, for the tab: seen from other work. */
export const waitingTitle = (request: RequestView): string =>
  `${titles[request.status]} · ${request.subject.name}`;
