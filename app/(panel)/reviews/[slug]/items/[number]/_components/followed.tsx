import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Note } from "#components/ui/note.tsx";
import { isToDo, type TaskGivenOn } from "#lib/reviews/give-task-on.ts";
import { isTheirs, type Remediation } from "#lib/reviews/tasks.ts";
import { Day } from "../../../../_components/day.tsx";
import { CheckForm } from "./check-form.tsx";
import { DoneForm } from "./done-form.tsx";
import { GiveTaskOnForm } from "./give-task-on-form.tsx";

type FollowedProps = {
  remediations: readonly Remediation[];
  readerId: string;
  /** All of the reader's. */
  accounts: readonly string[];
  /** Whether the reader sees to what follows. */
  follows: boolean;
  /** Whether the reader may give a task to somebody else. */
  gives: boolean;
  /** Who had the tasks before. */
  givenOn: readonly TaskGivenOn[];
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
          <Note level="h3" tone="problem" role="alert" title={stillWords[still.kind].title}>
            {stillWords[still.kind].text}
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

const stillHere = {
  title: "Still possible: what was taken is not gone.",
  text: "The item is not settled. The access is tried again every hour; look below at what went through.",
};
const stillWords: Record<Remediation["kind"], typeof stillHere> = {
  role_revoked: stillHere,
  looking_only: stillHere,
  outside: {
    title: "Still there elsewhere.",
    text: "What was taken here is gone; what was to be done elsewhere is not. The item is settled once somebody has looked again and it is gone.",
  },
};

type OneProps = FollowedProps & { one: Remediation };

function One({ one, readerId, accounts, follows, gives, givenOn, now, zone }: OneProps) {
  const checks =
    one.kind === "outside" && one.doneAt !== null && one.result !== "refused" && follows;
  return (
    <>
      <p className="row tight">
        <strong>{one.what}</strong>
        <ResultMark one={one} />
        {isLate(one, now) && (
          <Mark icon="clock" tone="problem">
            Late
          </Mark>
        )}
      </p>
      {one.kind === "outside" && (
        <p className="sm soft">
          {one.ownerName}, until <Day day={one.dueOn} now={now} />
          {one.doneAt && (
            <>
              , marked done <Time at={one.doneAt} now={now} zone={zone} />
            </>
          )}
        </p>
      )}
      {givenOn
        .filter(({ taskId }) => taskId === one.id)
        .map((given) => (
          <p key={given.id} className="sm soft">
            {given.from} had it until <Day day={given.fromDueOn} now={now} />. {given.by} gave it on{" "}
            <Time at={given.at} now={now} zone={zone} />: “{given.reason}”
          </p>
        ))}
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
        <DoneForm taskId={one.id}>Somebody else looks then.</DoneForm>
      )}
      {checks && !isTheirs(one, accounts) && <CheckForm taskId={one.id} />}
      {gives && isToDo(one) && <GiveTaskOnForm key={one.ownerId} taskId={one.id} />}
    </>
  );
}

/** Neither done nor looked at when its day was over. */
const isLate = ({ kind, dueOn, doneAt, result }: Remediation, now: Date): boolean =>
  kind === "outside" && !doneAt && !result && (dueOn ?? "") < now.toISOString().slice(0, 10);

/** One try a line: each ends with the refusal's own name. */
const linesOf = (how: string): string[] => how.split(/(?<=\)) (?=[A-Z])/);

function ResultMark({ one }: { one: Remediation }) {
  if (one.result === "refused")
    return <Mark icon="check">{one.kind === "outside" ? "Gone" : "Refused, proved"}</Mark>;
  if (one.result === "still_possible")
    return (
      <Mark icon="warn" tone="problem">
        {one.kind === "outside" ? "Still there" : "Still possible"}
      </Mark>
    );
  if (one.result === "given_anew") return <Mark icon="info">Given anew since</Mark>;
  if (one.kind !== "outside") return <Mark icon="clock">Not tried yet</Mark>;
  return one.doneAt ? (
    <Mark icon="half">Done, to be looked at</Mark>
  ) : (
    <Mark icon="clock">To be done</Mark>
  );
}
