import type { ReactNode } from "react";
import { Countdown } from "#components/countdown.tsx";
import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { readOwnLive } from "#lib/impersonation/queries.ts";
import { isUpgrade } from "#lib/impersonation/rules.ts";
import { readSessionOfRequest } from "#lib/impersonation/session-of-request.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { readDelegates } from "#lib/requests/delegates.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { liveSession } from "../../customers/[id]/start/_components/live-session.ts";
import { forWords } from "../words.ts";
import { askAgainPath } from "./pending.tsx";
import { StartButton } from "./start-granted.tsx";

type AnswerProps = { ctx: Ctx<StaffActor>; request: RequestView };

/** The same card once the answer is there. */
export function Answer({ ctx, request }: AnswerProps) {
  switch (request.status) {
    case "pending":
      return null;
    case "granted":
      return <Granted ctx={ctx} request={request} />;
    case "used":
      return <Used ctx={ctx} request={request} />;
    case "denied":
      return <Denied ctx={ctx} request={request} />;
    case "cancelled":
      return (
        <Part icon="x" title="You cancelled it" footer={<AskAgain request={request} />}>
          <p>
            At <At ctx={ctx} request={request} time={request.closedAt} />. Nothing was opened.
          </p>
        </Part>
      );
    case "lapsed":
      return <Lapsed ctx={ctx} request={request} />;
  }
}

async function Granted({ ctx, request }: AnswerProps) {
  const [delegates, live] = await Promise.all([readDelegates(ctx.db, request), readOwnLive(ctx)]);
  const minutes = request.grantedMinutes ?? request.minutes;
  const yes = request.votes.filter(({ vote }) => vote === "approve");
  const who = new Intl.ListFormat("en").format(
    yes.map((vote) => vote.by.name + forWords(delegates, vote)),
  );
  return (
    <Part
      icon="check"
      title={who ? `${who} approved` : "The policy allows it"}
      footer={
        <>
          <StartButton
            requestId={request.id}
            scope={request.scope}
            subject={request.subject}
            live={
              live &&
              !isUpgrade(
                { subjectId: live.subject.id, scope: live.scope },
                { subjectId: request.subject.id, scope: request.scope },
              )
                ? liveSession(live)
                : null
            }
            again={askAgainPath(request)}
          />
          <span className="xs faint end" aria-live="off">
            {request.startBy && (
              <Countdown
                until={request.startBy.toISOString()}
                now={request.at.toISOString()}
                refreshAtEnd
              />
            )}{" "}
            left to start
          </span>
        </>
      }
    >
      <p>
        At <At ctx={ctx} request={request} time={request.grantedAt} />
        {minutes < request.minutes && (
          <>
            , shortened to <strong>{minutes} min</strong>
          </>
        )}
        .
      </p>
      <Comments request={request} />
      <p className="soft">
        Start before <At ctx={ctx} request={request} time={request.startBy} />, then the approval is
        void.
      </p>
    </Part>
  );
}

function Denied({ ctx, request }: AnswerProps) {
  const no = request.votes.find(({ vote }) => vote === "deny");
  return (
    <Part
      icon="x"
      title={`${no?.by.name ?? "A manager"} denied`}
      footer={<AskAgain request={request} label="Ask again, changed" />}
    >
      <p>
        At <At ctx={ctx} request={request} time={request.closedAt} />.
      </p>
      <Comments request={request} />
    </Part>
  );
}

function Lapsed({ ctx, request }: AnswerProps) {
  const wasGranted = request.grantedAt !== null;
  return (
    <Part
      icon="clock"
      title={wasGranted ? "The approval is void: it was not used in time" : "Nobody decided"}
      footer={<AskAgain request={request} />}
    >
      <p>
        Lapsed at{" "}
        <At ctx={ctx} request={request} time={wasGranted ? request.startBy : request.lapsesAt} />.
      </p>
      <p className="soft">Nothing was opened. Your text is kept.</p>
    </Part>
  );
}

async function Used({ ctx, request }: AnswerProps) {
  const session = await readSessionOfRequest(ctx, request.id);
  return (
    <Part
      icon="out"
      title="You started it"
      footer={
        <>
          {session?.isLive && (
            <a className="btn primary lg" href={`/sessions/${session.id}/enter`}>
              Back to {request.product.name}
            </a>
          )}
          {session && (
            <ButtonLink href={`/sessions/${session.id}`}>
              {sessionNumber(session.number)}
            </ButtonLink>
          )}
          <AskAgain request={request} />
        </>
      }
    >
      <p>
        At <At ctx={ctx} request={request} time={request.closedAt} />. A request is good for one
        start.
      </p>
    </Part>
  );
}

function Comments({ request }: { request: RequestView }) {
  return request.votes
    .filter(({ comment }) => comment)
    .map((vote) => (
      <p key={vote.by.id} className="soft">
        {request.votes.length > 1 && `${vote.by.name}: `}
        <Quote>{vote.comment ?? ""}</Quote>
      </p>
    ));
}

function AskAgain({ request, label = "Ask again" }: { request: RequestView; label?: string }) {
  return (
    <>
      <ButtonLink href={askAgainPath(request)}>{label}</ButtonLink>
      <ButtonLink variant="quiet" href={request.returnPath}>
        Back to where you were
      </ButtonLink>
    </>
  );
}

const At = ({ ctx, request, time }: AnswerProps & { time: Date | null }) =>
  time ? <Time at={time} now={request.at} zone={ctx.actor.zone} style="clock" /> : "–";

type PartProps = { icon: IconName; title: string; footer: ReactNode; children: ReactNode };

function Part({ icon, title, footer, children }: PartProps) {
  return (
    <>
      <header>
        <Icon name={icon} />
        <h2>{title}</h2>
      </header>
      <div className="in stack s">{children}</div>
      <footer className="row">{footer}</footer>
    </>
  );
}
