import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Closing } from "#lib/reviews/closing.ts";
import type { GivenOn } from "#lib/reviews/given-on.ts";
import type { GivenSince } from "#lib/reviews/given-since.ts";
import type { Item } from "#lib/reviews/item.ts";
import { type Conflict, conflictWords, noConflictWords, offered } from "#lib/reviews/item-rules.ts";
import type { PossibleReviewer } from "#lib/reviews/reviewers.ts";
import { UnderWay } from "../../../_components/under-way.tsx";
import { calledBy, decisionNames, meansOf, sampleWords } from "../../words.ts";
import { DecideForm } from "./decide-form.tsx";
import { Elapsed } from "./elapsed.tsx";
import { ExceptForm } from "./except-form.tsx";
import { HandOnForm } from "./hand-on-form.tsx";
import { Since } from "./since.tsx";
import { WhoDecides } from "./who-decides.tsx";

type AsideProps = {
  item: Item;
  reader: StaffActor;
  conflict: Conflict | null;
  sample: { opened: number; size: number };
  /** Seconds since the reader came to it. */
  seconds: number | null;
  /** Whether the reader may make an exception, and for how many days. */
  exceptionDays: number | null;
  /** Nobody active but this person is an admin. */
  isLastAdmin: boolean;
  /** The same role, given since. */
  since: GivenSince;
  /** How it came to its reviewer, where it was handed on. */
  givenOn: GivenOn;
  /** The closing of its review that is under way: nobody decides any more. */
  closing: Closing | null;
  /** To whom the reader may hand it on; null where they may not. */
  handOnTo: readonly PossibleReviewer[] | null;
  now: Date;
  zone: string;
};

/** The decision, or who makes it, or why there is none to make. */
export function Aside(props: AsideProps) {
  const { item, reader, conflict, sample, seconds, now, zone } = props;
  const given = calledBy(item);
  const handOn = props.handOnTo && item.decision === null && (
    <HandOnForm campaignId={item.campaign.id} number={item.number} to={props.handOnTo} />
  );
  const isCarriedOut = item.decision === "change" || item.decision === "revoke";
  // What a change leaves is looking; whatever was given beyond that is the right again.
  const isBack = props.since !== null && !(item.decision === "change" && props.since.lookingOnly);
  if (item.endedAt)
    return (
      <Note title="There is nothing to decide">
        <p>
          {given} lost this right <Time at={item.endedAt} now={now} zone={zone} />, before the
          review was opened. It is in the population because it was held in the period.
        </p>
      </Note>
    );
  if (item.campaign.status === "closed")
    return (
      <Note icon="lock" title="The review is closed">
        Nothing of it changes any more. What was wrong is put right beside it, by compliance.
      </Note>
    );
  if (isCarriedOut)
    return (
      <Note
        icon={item.remediatedAt || item.excepted ? "check" : "clock"}
        title={carriedOut(item)}
        actions={
          props.exceptionDays !== null && !item.excepted ? (
            <ExceptForm itemId={item.id} days={props.exceptionDays} />
          ) : undefined
        }
      >
        {isBack && !item.remediatedAt ? (
          <p>
            {given} has it again, so it is not gone: an admin takes it once more, or compliance
            makes an exception.
          </p>
        ) : (
          <p>
            {item.decision === "change"
              ? `${given} looks and acts no more.`
              : `${given} has lost the role.`}{" "}
            {!item.remediatedAt && !item.excepted && "What followed has still to be proved. "}
            An admin can give it anew under Settings, Staff; the next review asks again.
          </p>
        )}
        {(item.decision === "revoke" || isBack) && (
          <Since since={props.since} now={now} zone={zone} />
        )}
      </Note>
    );
  if (item.decision === null && item.excepted)
    return (
      <Note title="An exception was made">
        It takes no decision in this review; the next one asks again.
      </Note>
    );
  if (item.revokedAt)
    return (
      <Note title={`Taken meanwhile by ${item.revokedByName ?? "somebody"}`}>
        <p>
          <Time at={item.revokedAt} now={now} zone={zone} />, outside of this review. There is
          nothing left to decide.
        </p>
        <Since since={props.since} now={now} zone={zone} />
      </Note>
    );
  if (props.closing) return <UnderWay closing={props.closing} progress={null} zone={zone} />;
  if (item.reviewerId !== reader.id)
    return (
      <Card title="Who decides" id="decision" className="decide">
        <div className="stack">
          <WhoDecides item={item} mayOnlyRead={handOn === null} now={now} />
          <Given {...props} />
          {handOn}
          {props.exceptionDays !== null && item.decision === null && !item.excepted && (
            <ExceptForm itemId={item.id} days={props.exceptionDays} />
          )}
        </div>
      </Card>
    );
  if (conflict)
    return (
      <Note tone="problem" title={conflictWords(conflict, item.name)} actions={handOn}>
        You have not decided anything.
      </Note>
    );
  return (
    <div className="stack decide-stack">
      <Given {...props} />
      <DecideForm
        itemId={item.id}
        again={item.decision !== null}
        options={offered({
          role: item.role,
          lookingOnly: item.lookingOnly,
          isLastAdmin: props.isLastAdmin,
        }).map((value) => ({
          value,
          label: decisionNames[value],
          means: meansOf(value, item),
        }))}
        note={
          props.isLastAdmin
            ? `Revoke is not offered: ${given} is the only active admin, and nobody else could give roles. Somebody else has to be admin first.`
            : sampleWords(sample.opened, sample.size)
        }
        footer={
          <>
            {noConflictWords(item.name)} {seconds !== null && <Elapsed seconds={seconds} />}
            {seconds !== null && " on this item."}
          </>
        }
      />
      {handOn}
    </div>
  );
}

const carriedOut = ({ remediatedAt, excepted }: Item): string =>
  remediatedAt
    ? "Decided, and carried out"
    : excepted
      ? "Decided, with an exception"
      : "Decided, and not settled yet";

function Given({ givenOn, now, zone }: AsideProps) {
  if (!givenOn) return null;
  return (
    <p className="sm soft">
      <Time at={givenOn.at} now={now} zone={zone} />: handed on by {givenOn.by ?? "rule"}.{" "}
      {givenOn.reason}
    </p>
  );
}
