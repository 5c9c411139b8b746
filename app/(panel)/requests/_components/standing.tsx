import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { standsUntil } from "#lib/requests/rules.ts";
import { EndStanding } from "./end-standing.tsx";

type StandingProps = { ctx: Ctx<StaffActor>; request: RequestView };

/** What stands by this request for later ones, or by which other one it was allowed; nothing where neither. */
export function Standing({ ctx, request }: StandingProps) {
  if (request.standingOf)
    return (
      <Card title="Approved before" id="standing">
        <p className="sm">
          Nobody was asked anew:{" "}
          <PlainLink href={`/requests/${request.standingOf}`}>an earlier approval</PlainLink> stands
          for {request.account.name} and <span className="mono">{request.ticket}</span>.
        </p>
      </Card>
    );
  if (!request.standingHours || !request.grantedAt) return null;
  const until = standsUntil(request);
  const time = { now: request.at, zone: ctx.actor.zone, style: "clock" } as const;
  const stands = until !== null && request.at < until;
  const ends = request.actor.id === ctx.actor.id || has(ctx.actor, "manager");
  return (
    <Card title={stands ? "The approval stands" : "The approval stands no more"} id="standing">
      <div className="stack s">
        <p className="sm">
          {stands ? (
            <>
              Until <Time at={until} {...time} />,{" "}
              {request.actor.id === ctx.actor.id ? "you" : request.actor.name} may start again for{" "}
              {request.account.name} and <span className="mono">{request.ticket}</span> without
              asking, each time with a reason.
            </>
          ) : request.standingEndedAt ? (
            <>
              It was ended, <Time at={request.standingEndedAt} {...time} />. What comes is asked
              anew.
            </>
          ) : (
            "Its time is over. What comes is asked anew."
          )}
        </p>
        {stands && ends && <EndStanding requestId={request.id} />}
      </div>
    </Card>
  );
}
