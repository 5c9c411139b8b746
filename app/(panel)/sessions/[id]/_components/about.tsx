import type { ReactNode } from "react";
import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { SessionPage, Told } from "#lib/impersonation/timeline.ts";
import { type Policy, reasonLabel } from "#lib/policy/policy.ts";
import { basisWords, callerCheckWords } from "#lib/vocabulary-labels.ts";
import { stayedWords } from "../../../_words/stayed.ts";
import { startedFrom } from "../words.ts";

type AboutProps = { session: SessionPage; story: readonly Told[]; policy: Policy; zone: string };

export function About({ session, story, policy, zone }: AboutProps) {
  const { actor, subject, account, request } = session;
  const basis = basisWords[request.lawfulBasis];
  return (
    <Card id="session" title="Session">
      <DescriptionList
        narrow
        items={[
          [
            "Actor",
            <>
              {actor.name} <span className="faint">{actor.team}</span>
            </>,
          ],
          [
            "Subject",
            <>
              <PlainLink href={`/customers/${subject.id}`}>
                <span lang={subject.lang ?? undefined}>{subject.name}</span>
              </PlainLink>{" "}
              <span className="faint mono">{subject.externalId}</span>
            </>,
          ],
          [
            "Account",
            <PlainLink key="account" href={`/customers/accounts/${account.id}`}>
              {account.name}
            </PlainLink>,
          ],
          ["Product", session.product.name],
          ["Reason", reasonLabel(policy, request.reasonCategory)],
          ["Basis", basis.charAt(0).toUpperCase() + basis.slice(1)],
          ["Verified by", callerCheckWords[request.callerCheck]],
          ["Ticket", request.ticket && <span className="mono">{request.ticket}</span>],
          ["Scope", scopeOf(session, zone)],
          [
            "Minutes",
            <>
              {request.minutes} asked, {session.minutes} granted,{" "}
              <span className="nowrap">
                {stayedWords(session, session.at).split(/ min of | of /)[0]} used
              </span>
            </>,
          ],
          ["From", startedFrom(story)],
          [
            "Record",
            <PlainLink key="record" href={`/audit?session=${session.id}`}>
              Entries in the audit log
            </PlainLink>,
          ],
        ]}
      />
    </Card>
  );
}

function scopeOf({ grantedScope, narrowedAt, startedAt }: SessionPage, zone: string): ReactNode {
  if (grantedScope === "read") return "Look, change nothing";
  if (!narrowedAt) return "Look and change";
  return (
    <>
      Look and change until <Time at={narrowedAt} now={startedAt} zone={zone} style="clock" />, then
      look only
    </>
  );
}
