import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Note } from "#components/ui/note.tsx";
import type { Remediation } from "#lib/reviews/tasks.ts";
import { CheckForm } from "./check-form.tsx";
import { DoneForm } from "./done-form.tsx";

type FollowedProps = {
  remediations: readonly Remediation[];
  readerId: string;
  /** Whether the reader sees to what follows. */
  follows: boolean;
  now: Date;
  zone: string;
  children?: React.ReactNode;
};

/** What followed the decision, and how it was proved. */
export function Followed(props: FollowedProps) {
  const { remediations, children } = props;
  const still = remediations.find(({ result }) => result === "still_possible");
  return (
    <Card title="What followed" id="followed" footer={children}>
      <div className="stack">
        {still && (
          <Note tone="problem" role="alert" title="Still possible: what was taken is not gone.">
            This item is not remediated. What can be tried here is tried again every hour; look
            below at what went through.
          </Note>
        )}
        <ol className="followed">
          {remediations.map((one) => (
            <li key={one.id}>
              <One {...props} one={one} />
            </li>
          ))}
        </ol>
      </div>
    </Card>
  );
}

function One({ one, readerId, follows, now, zone }: FollowedProps & { one: Remediation }) {
  const checks =
    one.kind === "outside" && one.doneAt !== null && one.result !== "refused" && follows;
  return (
    <>
      <p className="row tight">
        <strong>{one.what}</strong>
        <ResultMark one={one} />
      </p>
      {one.kind === "outside" && (
        <p className="sm soft">
          {one.ownerName}, until <time dateTime={one.dueOn ?? ""}>{one.dueOn}</time>
          {one.doneAt && (
            <>
              , marked done <Time at={one.doneAt} now={now} zone={zone} />
            </>
          )}
        </p>
      )}
      {one.verifiedHow && (
        <div className="sm soft">
          {one.verifiedAt && (
            <p>
              {one.kind === "outside" ? "Looked at" : "Tried"}{" "}
              <Time at={one.verifiedAt} now={now} zone={zone} />
            </p>
          )}
          <ul className="tried">
            {linesOf(one.verifiedHow).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      {one.kind === "outside" && !one.doneAt && one.ownerId === readerId && (
        <DoneForm taskId={one.id} />
      )}
      {checks && one.ownerId !== readerId && <CheckForm taskId={one.id} />}
    </>
  );
}

/** One try a line: each ends with the refusal's own name. */
const linesOf = (how: string): string[] => how.split(/(?<=\)) (?=[A-Z])/);

function ResultMark({ one }: { one: Remediation }) {
  if (one.result === "refused") return <Mark icon="check">Refused, proved</Mark>;
  if (one.result === "still_possible")
    return (
      <Mark icon="warn" tone="problem">
        Still possible
      </Mark>
    );
  if (one.result === "given_anew") return <Mark icon="info">Given anew since</Mark>;
  if (one.kind !== "outside") return <Mark icon="clock">Not tried yet</Mark>;
  return one.doneAt ? (
    <Mark icon="half">Done, not looked at</Mark>
  ) : (
    <Mark icon="clock">To be done</Mark>
  );
}
