import { Countdown } from "#components/countdown.tsx";
import { Time } from "#components/time.tsx";
import { withUnit } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Timeline, TimelineItem } from "#components/ui/timeline.tsx";
import { Waiting as Dots } from "#components/ui/waiting.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { wantedWords } from "#lib/policy/requirement-words.ts";
import { againPath } from "#lib/requests/again-path.ts";
import { type AskedOf, readAsked } from "#lib/requests/asked.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { and, timesOf, votesOf } from "../words.ts";
import { AskedPeople } from "./asked-people.tsx";
import { CancelForm } from "./cancel-form.tsx";
import { TurnTo } from "./turn-to.tsx";

type PendingProps = { ctx: Ctx<StaffActor>; request: RequestView; policy: Policy };

/** Nobody has decided yet: who was asked and has opened it, who is asked next and when, and when it lapses. */
export async function Pending({ ctx, request, policy }: PendingProps) {
  const { at, lapsesAt } = request;
  const asked = await readAsked(ctx.db, request, policy);
  return (
    <>
      <div className="wait">
        <Dots />
        <div>
          <h2>{waitingFor(asked)}</h2>
          <p className="sm soft">
            {request.votes.length > 0 &&
              `${request.votes.length} of ${request.votes.length + votesOf(asked.wanted)} approvals are there. `}
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
      <TurnTo request={request} asked={asked} policy={policy} />
      <AskedPeople ctx={ctx} request={request} asked={asked} />
      <div className="in">
        <Steps ctx={ctx} request={request} asked={asked} policy={policy} />
      </div>
      <footer className="row">
        <CancelForm requestId={request.id} again={askAgainPath(request)} />
        {policy.breakGlass.allowed && (
          <ButtonLink
            variant="quiet"
            icon="bolt"
            href={`/customers/${request.subject.id}/break-glass?instead=${request.id}`}
          >
            It cannot wait…
          </ButtonLink>
        )}
      </footer>
    </>
  );
}

/** "Waiting for a manager", "Waiting for your own manager and somebody of compliance". */
function waitingFor({ wanted, nobody }: AskedOf): string {
  if (nobody) return "Nobody can decide on it now";
  return `Waiting for ${wantedWords(wanted).replace("the agent’s own", "your own")}`;
}

type StepsProps = PendingProps & { asked: AskedOf };

/** What happened, and what is ahead by the clock. */
function Steps({ ctx, request, asked, policy }: StepsProps) {
  const { at, createdAt, lapsesAt, votes } = request;
  const time = timesOf(at, ctx.actor.zone);
  const { next, notAsked } = asked;
  return (
    <Timeline short label="What happened and what is ahead">
      <TimelineItem time={<Time at={createdAt} {...time} />} icon="check">
        You asked{request.ticket ? ", with reason and ticket" : ", with a reason"}
      </TimelineItem>
      {votes.map((vote) => (
        <TimelineItem key={vote.by.id} time={<Time at={vote.at} {...time} />} icon="check">
          {vote.by.name} approved {withUnit(vote.minutes ?? "–", "min")}
        </TimelineItem>
      ))}
      {next && next.at > at && !asked.nobody && (
        <TimelineItem time={<Time at={next.at} {...time} />} kind="ahead">
          <span className="faint">
            {next.ring === 2
              ? `${and(notAsked)} ${notAsked.length === 1 ? "is" : "are"} asked too, in `
              : `${policy.rings.fallback.name} is named here to turn to, in `}
            <Countdown
              until={next.at.toISOString()}
              now={at.toISOString()}
              style="band"
              refreshAtEnd
            />
          </span>
        </TimelineItem>
      )}
      <TimelineItem time={<Time at={lapsesAt} {...time} />} kind="ahead">
        <span className="faint">The request lapses</span>
      </TimelineItem>
    </Timeline>
  );
}

/** The start form with everything that this request said. */
export const askAgainPath = (request: RequestView): string =>
  againPath({ subjectId: request.subject.id, requestId: request.id });
