import { RequestMark, ScopeMark } from "#components/marks.tsx";
import { SubjectDisc, Who } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { requestNumber } from "#lib/kernel/ids.ts";
import type { RequestView } from "#lib/requests/queries.ts";

type OwnOpenProps = { requests: readonly RequestView[]; zone: string };

/** What the reader has asked for and is open: what may start first, then what waits. */
export function OwnOpen({ requests, zone }: OwnOpenProps) {
  if (requests.length === 0) return null;
  const inTurn = [
    ...requests.filter(({ status }) => status === "granted"),
    ...requests.filter(({ status }) => status !== "granted"),
  ];
  return (
    <section className="stack s" aria-labelledby="own-open">
      <h2 id="own-open" className="text-base">
        Your open requests
      </h2>
      <ul className="card own-open">
        {inTurn.map((request) => (
          <li key={request.id}>
            <Who
              disc={<SubjectDisc name={request.subject.name} />}
              lang={request.subject.lang}
              name={
                <PlainLink className="cell" href={`/requests/${request.id}`} data-row>
                  {request.subject.name}
                </PlainLink>
              }
              second={`${request.account.name} · ${requestNumber(request.number)}`}
            />
            <span className="row tight">
              <ScopeMark scope={request.scope} />
              <RequestMark status={request.status} />
            </span>
            <span className="sm soft nowrap">
              {request.status === "granted" && request.startBy ? (
                <>
                  start until{" "}
                  <Time at={request.startBy} now={request.at} zone={zone} style="clock" />
                </>
              ) : (
                <>
                  asked <Time at={request.createdAt} now={request.at} zone={zone} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
