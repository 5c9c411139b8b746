import { RequestMark, ScopeMark, StanceMark, TierMark } from "#components/marks.tsx";
import { PairDiscs } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { dayOnly } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { KeyHints } from "#components/ui/kbd.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { readAsked, wantedAfter } from "#lib/requests/asked.ts";
import { delegateAt, readDelegates } from "#lib/requests/delegates.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { readNext } from "#lib/requests/queue.ts";
import { askSentence, moreWords, placeIn, votesOf } from "../words.ts";
import { Decision } from "./decision.tsx";
import { History } from "./history.tsx";
import { Outcome } from "./outcome.tsx";
import { Why } from "./why.tsx";

type DetailProps = {
  ctx: Ctx<StaffActor>;
  request: RequestView & { canDecide: boolean };
  /** The token of the link that led here, where one did. */
  link?: string;
};

/** One request with what one needs to decide on it, and the decision beside it. */
export async function Detail({ ctx, request, link }: DetailProps) {
  const [policy, next, delegates] = await Promise.all([
    readPolicy(ctx),
    link ? null : readNext(ctx, request.id),
    readDelegates(ctx.db, request),
  ]);
  const asked = request.status === "pending" ? await readAsked(ctx.db, request, policy) : null;
  const voted = request.votes.some(({ by }) => by.id === ctx.actor.id);
  const open = request.canDecide && !voted;
  const away = delegateAt(delegates, ctx.actor.id, request.at);
  const time = { now: request.at, zone: ctx.actor.zone } as const;
  const context = (
    <div key="context" className="stack l">
      <Why ctx={ctx} request={request} policy={policy} asked={asked} />
      <History ctx={ctx} request={request} />
      {open && (
        <a className="btn lg to-decision" href="#decision">
          <Icon name="down" />
          Approve or deny
        </a>
      )}
    </div>
  );
  const decision = (
    <Decision
      key={request.id}
      open={open}
      link={link}
      ask={{
        id: request.id,
        hash: request.ask,
        scope: request.scope,
        minutes: request.minutes,
        actor: request.actor.name,
        subject: request.subject.name,
        startWithin: policy.startWithinMinutes,
        approved: request.votes.map(({ by }) => by.name),
        votes: request.votes.length + votesOf(asked?.wanted ?? []),
        more: asked && moreWords(wantedAfter(asked, ctx.actor.id)),
        stands: request.standingHours
          ? {
              hours: request.standingHours,
              account: request.account.name,
              ticket: request.ticket ?? "",
            }
          : null,
        forWhom: away
          ? {
              name: away.of,
              until: dayOnly(new Date(away.until.getTime() - 1), request.at, ctx.actor.zone),
            }
          : null,
      }}
      next={
        next
          ? {
              id: next.id,
              words: `${next.actor}, ${next.scope === "write" ? "acting" : "looking"}, ${next.minutes}\u00a0min`,
            }
          : null
      }
    >
      <Outcome ctx={ctx} request={request} delegates={delegates} />
    </Decision>
  );
  return (
    <article className="detail" aria-labelledby="asks">
      <ButtonLink className="only-narrow justify-self-start" href="/requests" icon="left">
        Requests
      </ButtonLink>
      <div className="row between">
        <p className="crumbs">
          <span>Request</span> <span className="mono">{requestNumber(request.number)}</span>
          <span>·</span>
          <span>
            {request.status === "pending" ? (
              <>
                asked <Time at={request.createdAt} {...time} style="clock" />, lapses{" "}
                <Time at={request.lapsesAt} {...time} style="clock" />
              </>
            ) : (
              <>
                asked <Time at={request.createdAt} {...time} />
              </>
            )}
          </span>
        </p>
        {!link && (
          <KeyHints
            hints={[
              { keys: ["J", "K"], does: "next, previous" },
              { keys: ["?"], does: "all keys" },
            ]}
          />
        )}
      </div>
      <div className="row fix top gap-3.5">
        <span className="pt-1">
          <PairDiscs actor={request.actor.name} subject={request.subject.name} size="large" />
        </span>
        <div className="head">
          <h1 id="asks">{askSentence(request)}</h1>
          <p className="row tight sm soft">
            {placeIn(request.subject)} {request.account.name}
            <TierMark tier={request.account.tier} />
            <StanceMark stance={request.account.stance} />
            <ScopeMark scope={request.scope}>
              {request.scope === "read" ? "Looking only" : "Acting: may change"}
            </ScopeMark>
            {request.status !== "pending" && <RequestMark status={request.status} />}
          </p>
        </div>
      </div>
      <div className="cols">{open ? [context, decision] : [decision, context]}</div>
    </article>
  );
}
