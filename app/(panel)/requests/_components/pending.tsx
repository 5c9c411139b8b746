import { Countdown } from "#components/countdown.tsx";
import { StaffDisc } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { Timeline, TimelineItem } from "#components/ui/timeline.tsx";
import { Waiting as Dots } from "#components/ui/waiting.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import type { Approver } from "#lib/staff/queries.ts";
import { CancelForm } from "./cancel-form.tsx";

type PendingProps = { ctx: Ctx<StaffActor>; request: RequestView; approvers: Approver[] };

/** Nobody has decided yet: who can, who of them is at work, and when it lapses. */
export function Pending({ ctx, request, approvers }: PendingProps) {
  const { at, createdAt, lapsesAt, votes } = request;
  const clockTime = (time: Date) => <Time at={time} now={at} zone={ctx.actor.zone} style="clock" />;
  const undecided = approvers.filter(({ id }) => votes.every((vote) => vote.by.id !== id));
  return (
    <>
      <div className="wait">
        <Dots />
        <div>
          <h2>{votes.length > 0 ? "Waiting for one more yes" : "Waiting for a manager"}</h2>
          <p className="sm soft">
            Stay here or go on with other work: the answer comes to this page and to the title of
            the tab.
          </p>
        </div>
        <div className="clock" aria-live="off">
          <Countdown
            until={lapsesAt.toISOString()}
            now={at.toISOString()}
            style="band"
            refreshAtEnd
          />
          <div className="xs faint">until it lapses</div>
        </div>
      </div>
      <div className="in">
        <Timeline short label="What happened and what is ahead">
          <TimelineItem time={clockTime(createdAt)} icon="check">
            You asked{request.ticket ? ", with reason and ticket" : ", with a reason"}
          </TimelineItem>
          {votes.map((vote) => (
            <TimelineItem key={vote.by.id} time={clockTime(vote.at)} icon="check">
              {vote.by.name} approved {vote.minutes} min
            </TimelineItem>
          ))}
          <TimelineItem time={clockTime(lapsesAt)} kind="ahead">
            <span className="faint">The request lapses</span>
          </TimelineItem>
        </Timeline>
      </div>
      <div className="deciders">
        <h3>Who can decide</h3>
        {undecided.length === 0 ? (
          <p className="sm soft">
            Nobody now: no other manager is active. It lapses by itself, or cancel it.
          </p>
        ) : (
          <ul>
            {undecided.map((one) => (
              <li key={one.id} className="row fix">
                <StaffDisc name={one.name} size="small" />
                <span className="sm trunc">
                  <strong>{one.name}</strong> <span className="faint">{one.team}</span>
                </span>
                <span className={one.atWork ? "sm end nowrap" : "sm faint end nowrap"}>
                  {one.atWork ? "At work" : "Not at work now"}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <footer className="row">
        <CancelForm requestId={request.id} again={askAgainPath(request)} />
      </footer>
    </>
  );
}

/** The start form with everything that this request said. */
export const askAgainPath = (request: RequestView): string =>
  `/customers/${request.subject.id}/start?again=${request.id}`;
