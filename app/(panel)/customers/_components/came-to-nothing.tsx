import { RequestMark, ScopeMark, scopeWords } from "#components/marks.tsx";
import { Time } from "#components/time.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { outcomeWords } from "../../requests/words.ts";
import type { PastTime } from "./past.tsx";

type CameToNothingProps = PastTime & {
  caption: string;
  requests: readonly RequestView[];
  reader: StaffActor;
  names?: boolean;
};

/** Requests that were denied, taken back or lapsed: who asked, why, and the words of who decided. */
export function CameToNothing({ caption, requests, now, zone, reader, names }: CameToNothingProps) {
  return (
    <Table caption={caption} twoLines className="top past-of">
      <thead>
        <tr>
          <Th>Request</Th>
          <Th>{names ? "Who asked, for whom, why" : "Who asked and why"}</Th>
          <Th>What became of it</Th>
          <Th>When</Th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <tr key={request.id}>
            <td className="nowrap wide">
              <span className="numbered">
                <PlainLink className="mono" href={`/requests/${request.id}`} data-row>
                  {requestNumber(request.number)}
                </PlainLink>
                <ScopeMark scope={request.scope} />
              </span>
            </td>
            <td className="wide">
              <span className="stack none">
                <span>
                  {request.actor.id === reader.id ? "You" : request.actor.name}
                  {names && (
                    <>
                      {" "}
                      asked to {scopeWords[request.scope].verb} as{" "}
                      <PlainLink href={`/customers/${request.subject.id}`}>
                        <span lang={request.subject.lang ?? undefined} dir="auto">
                          {request.subject.name}
                        </span>
                      </PlainLink>
                    </>
                  )}
                  {request.ticket && <span className="faint nowrap"> · {request.ticket}</span>}
                </span>
                <span className="soft">
                  <Quote>{request.reason}</Quote>
                </span>
              </span>
            </td>
            <td className="wide">
              <Became request={request} reader={reader} />
            </td>
            <td className="nowrap">
              <Time at={request.closedAt ?? request.createdAt} now={now} zone={zone} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Became({ request, reader }: { request: RequestView; reader: StaffActor }) {
  const comment = request.votes.findLast(({ vote }) => vote === "deny")?.comment;
  return (
    <span className="stack none justify-items-start">
      <RequestMark status={request.status} />
      <span>
        {request.status === "cancelled" && request.actor.id === reader.id
          ? "You took it back"
          : outcomeWords(request, reader)}
      </span>
      {comment && (
        <span className="soft">
          <Quote>{comment}</Quote>
        </span>
      )}
    </span>
  );
}
