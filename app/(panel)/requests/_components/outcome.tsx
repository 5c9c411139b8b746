import { Time } from "#components/time.tsx";
import { withUnit } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Delegate } from "#lib/requests/delegates.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { approversOf } from "#lib/staff/queries.ts";
import { may } from "#lib/staff/rights.ts";
import { givenName } from "../../_words/given-name.ts";
import { forWords, outcomeWords } from "../words.ts";
import { Standing } from "./standing.tsx";

type OutcomeProps = {
  ctx: Ctx<StaffActor>;
  request: RequestView;
  delegates: readonly Delegate[];
};

/** What stands in the decision's place: who decided and how, or why the reader cannot and who can. */
export async function Outcome({ ctx, request, delegates }: OutcomeProps) {
  const { actor: reader } = ctx;
  if (request.status === "pending" && request.votes.length === 0)
    return <NotYours ctx={ctx} request={request} />;
  return (
    <div className="stack">
      <Card id="outcome" title="Decision">
        <div className="stack s sm">
          {request.votes.map((vote) => (
            <p key={vote.by.id}>
              <strong>{vote.by.id === reader.id ? "You" : vote.by.name}</strong>
              {forWords(delegates, vote)}{" "}
              {vote.vote === "deny" ? "denied" : `approved ${withUnit(vote.minutes ?? "–", "min")}`}
              , <Time at={vote.at} now={request.at} zone={reader.zone} />
              {vote.comment && (
                <>
                  : <Quote>{vote.comment}</Quote>
                </>
              )}
            </p>
          ))}
          {(request.status === "cancelled" || request.status === "lapsed") && (
            <p>{outcomeWords(request, reader)}.</p>
          )}
          {request.status === "used" && <p className="soft">It was used: a session was started.</p>}
          {request.status === "granted" && request.startBy && (
            <p className="soft">
              {givenName(request.actor.name)} may start until{" "}
              <Time at={request.startBy} now={request.at} zone={reader.zone} style="clock" />.
            </p>
          )}
        </div>
      </Card>
      {request.status === "pending" && <NotYours ctx={ctx} request={request} />}
      <Standing ctx={ctx} request={request} />
    </div>
  );
}

async function NotYours({ ctx, request }: { ctx: Ctx<StaffActor>; request: RequestView }) {
  const { actor: reader } = ctx;
  const approvers = (await approversOf(ctx.db, request.actor.id)).filter(
    ({ id }) => id !== reader.id && request.votes.every(({ by }) => by.id !== id),
  );
  const names = new Intl.ListFormat("en", { type: "disjunction" }).format(
    approvers.map(({ name }) => name),
  );
  return (
    <Note icon="two" title={whyNot(request, reader)}>
      {names ? `${names} can.` : "Nobody can decide on it now. It lapses by itself."}
    </Note>
  );
}

function whyNot(request: RequestView, reader: StaffActor): string {
  if (request.votes.some(({ by }) => by.id === reader.id))
    return "You have approved. One more is needed.";
  if (!may(reader, "decide")) return "You see this request, and cannot decide on it. Managers do.";
  if (
    !reader.roles.includes("manager") &&
    request.requirements.every(({ by }) => by !== "compliance")
  )
    return "You see this request, and cannot decide on it: no rule wants a vote of compliance.";
  if (request.actor.id === reader.id) return "You cannot decide on your own request.";
  return `You cannot decide on it: you report to ${request.actor.name}, or became a manager after it was asked.`;
}
