import { Countdown } from "#components/countdown.tsx";
import { withUnit } from "#components/time-words.ts";
import { readOwnLive } from "#lib/impersonation/queries.ts";
import { isUpgrade } from "#lib/impersonation/rules.ts";
import { readDelegates } from "#lib/requests/delegates.ts";
import { liveSession } from "../../customers/[id]/start/_components/live-session.ts";
import { forWords } from "../words.ts";
import { Ago, type AnswerProps, At, Comments, Part } from "./answer-part.tsx";
import { askAgainPath } from "./pending.tsx";
import { StartButton } from "./start-granted.tsx";

/** It was approved and waits to be started, once. */
export async function Granted({ ctx, request }: AnswerProps) {
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
        <Ago ctx={ctx} request={request} time={request.grantedAt} />
        {minutes < request.minutes && (
          <>
            , shortened to <strong>{withUnit(minutes, "min")}</strong>
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
