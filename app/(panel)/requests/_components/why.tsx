import { Time } from "#components/time.tsx";
import { withUnit } from "#components/time-words.ts";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { readSubject } from "#lib/directory/queries.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { type Policy, reasonLabel } from "#lib/policy/policy.ts";
import { wantedWords } from "#lib/policy/requirement-words.ts";
import type { AskedOf } from "#lib/requests/asked.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { requirementsOf } from "#lib/requests/rings.ts";
import { basisWords, callerCheckWords } from "#lib/vocabulary-labels.ts";
import { anewSentence, timesOf, whyApproval } from "../words.ts";

type WhyProps = {
  ctx: Ctx<StaffActor>;
  request: RequestView;
  policy: Policy;
  /** Of a pending request. */
  asked: AskedOf | null;
};

/** The reason as it was typed, and the facts around it. */
export async function Why({ ctx, request, policy, asked }: WhyProps) {
  const subject = await readSubject(ctx, request.subject.id);
  const ticket = subject?.openTickets.find(({ reference }) => reference === request.ticket);
  const approvers = wantedWords(requirementsOf(request));
  return (
    <section className="stack" aria-label="Reason">
      <Quote large>{request.reason}</Quote>
      <DescriptionList
        items={[
          ["Asked anew", request.carriedFrom && anewSentence(request.carriedFrom)],
          [
            "Category",
            <>
              {reasonLabel(policy, request.reasonCategory)}{" "}
              <span className="faint">· lawful basis: {basisWords[request.lawfulBasis]}</span>
            </>,
          ],
          [
            "Ticket",
            request.ticket && (
              <>
                <span className="mono">{request.ticket}</span>
                {ticket ? (
                  <>
                    {" "}
                    “{ticket.title}”{" "}
                    <span className="faint">
                      · open, of {request.subject.name}
                      {ticket.assigneeName && ` · assigned to ${ticket.assigneeName}`}
                    </span>
                  </>
                ) : (
                  <span className="faint"> · no open ticket of {request.subject.name}</span>
                )}
              </>
            ),
          ],
          ["Verified by", callerCheckWords[request.callerCheck]],
          ["Product", request.product.name],
          [
            "Person",
            <>
              <PlainLink href={`/customers/${request.subject.id}`}>
                {request.subject.name}
              </PlainLink>{" "}
              <span className="faint mono">{request.subject.externalId}</span>
            </>,
          ],
          [
            "Why approval",
            <>
              {whyApproval(request)}{" "}
              <span className="faint">
                · policy {request.policyVersion}, {approvers}
              </span>
            </>,
          ],
          [
            "Stands",
            request.standingHours && (
              <strong>
                {withUnit(request.standingHours, "h")} for later sessions with{" "}
                {request.account.name} and <span className="mono nowrap">{request.ticket}</span>
              </strong>
            ),
          ],
          [
            "Asked",
            asked && asked.people.length > 0 && (
              <AskedLine ctx={ctx} request={request} asked={asked} />
            ),
          ],
        ]}
      />
    </section>
  );
}

/** "Runa Castellane (opened it 10:21) and Ansel Dray". */
function AskedLine({ ctx, request, asked }: Omit<WhyProps, "policy"> & { asked: AskedOf }) {
  const time = timesOf(request.at, ctx.actor.zone);
  return asked.people.map((one, n) => (
    <span key={one.id}>
      {n > 0 && ", "}
      {one.id !== ctx.actor.id ? one.name : n === 0 ? "You" : "you"}
      {one.openedAt && one.id !== ctx.actor.id && (
        <span className="faint">
          {" "}
          opened it <Time at={one.openedAt} {...time} />
        </span>
      )}
    </span>
  ));
}
