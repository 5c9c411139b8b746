import { Time } from "#components/time.tsx";
import { withUnit } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { SessionPage, Told } from "#lib/impersonation/timeline.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { sensitivityWords } from "#lib/vocabulary-labels.ts";
import { text } from "../words.ts";

type ApprovalProps = {
  session: SessionPage;
  story: readonly Told[];
  policy: Policy;
  zone: string;
};

/** Who let it happen: approvers with their words, or the policy. */
export function Approval({ session, story, policy, zone }: ApprovalProps) {
  const { request } = session;
  const votes = story.filter(({ event }) => event === "request.approved");
  const because = request.sensitiveBecause.map((one) => sensitivityWords[one]).join(", and ");
  return (
    <Card id="approval" title="Approval">
      <div className="stack s sm">
        {request.breakGlass ? (
          <p>
            Nobody approved: {session.actor.name} broke the glass. Everybody who could have approved
            was told as it started.
          </p>
        ) : votes.length === 0 ? (
          <p>
            None was needed: the account is standard and has not opted out, and the person is
            neither its owner nor a VIP.
          </p>
        ) : (
          votes.map(({ id, at, body }) => (
            <p key={id}>
              <strong>{text(body.by)}</strong> approved
              {typeof body.minutes === "number" && ` ${withUnit(body.minutes, "min")}`},{" "}
              <Time at={at} now={session.at} zone={zone} />
              {text(body.comment) && (
                <>
                  : <Quote>{text(body.comment) ?? ""}</Quote>
                </>
              )}
            </p>
          ))
        )}
        {because && <p className="soft">Needed, since {because}.</p>}
        <p className="faint">
          Request{" "}
          <PlainLink className="mono" href={`/audit?request=${request.id}`}>
            {requestNumber(request.number)}
          </PlainLink>
          , policy {session.policyVersion}
          {policy.version === session.policyVersion && (
            <>
              , in force since{" "}
              <Time at={policy.inForceFrom} now={session.at} zone={zone} style="day" />
            </>
          )}
        </p>
      </div>
    </Card>
  );
}
