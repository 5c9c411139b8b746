import type { ReactNode } from "react";
import { ScopeMark, StanceMark, TierMark } from "#components/marks.tsx";
import { PairDiscs } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { durationInMinutes, withUnit } from "#components/time-words.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { QueueRow } from "#lib/requests/queue.ts";
import type { RequestStatus } from "#lib/vocabulary.ts";
import { outcomeWords } from "../words.ts";

type ItemProps = { request: QueueRow; at: Date; chosenId?: string; reader: StaffActor };

export function WaitingItem({ request, at, chosenId, reader }: ItemProps) {
  const { account, votes } = request;
  const waited = (at.getTime() - request.createdAt.getTime()) / 1000;
  return (
    <Item
      request={request}
      chosenId={chosenId}
      own={request.actor.id === reader.id}
      time={<time dateTime={request.createdAt.toISOString()}>{durationInMinutes(waited)}</time>}
    >
      <ScopeMark scope={request.scope} />
      <Mark tone="bare">{withUnit(request.minutes, "min")}</Mark>
      {account.tier !== "standard" && <TierMark tier={account.tier} inline />}
      {account.tier === "standard" && <StanceMark stance={account.stance} />}
      {votes.length > 0 && (
        <span className="xs">
          {votes.map(({ by }) => (by.id === reader.id ? "You" : by.name))} approved
        </span>
      )}
    </Item>
  );
}

const outcomeIcons: Record<RequestStatus, IconName> = {
  pending: "half",
  granted: "check",
  used: "check",
  denied: "x",
  cancelled: "x",
  lapsed: "clock",
};

export function DecidedItem({ request, at, chosenId, reader }: ItemProps) {
  const when = request.grantedAt ?? request.closedAt ?? request.createdAt;
  return (
    <Item
      done
      request={request}
      chosenId={chosenId}
      time={<Time at={when} now={at} zone={reader.zone} />}
    >
      <Icon name={outcomeIcons[request.status]} />
      <span className="xs">{outcomeWords(request, reader)}</span>
    </Item>
  );
}

type RowProps = Omit<ItemProps, "reader" | "at"> & {
  time: ReactNode;
  own?: boolean;
  done?: boolean;
  children: ReactNode;
};

function Item({ request, chosenId, own, time, done, children }: RowProps) {
  const { actor, subject, account } = request;
  return (
    <li>
      <PlainLink
        className={done ? "req done" : "req"}
        href={`/requests/${request.id}`}
        data-row
        aria-current={request.id === chosenId ? "true" : undefined}
      >
        <PairDiscs actor={actor.name} subject={subject.name} size="small" />
        <strong className="clamp">
          {actor.name}
          {own && <span className="font-normal"> (you)</span>}
        </strong>
        {time}
        <span className="sub clamp">
          for <span lang={subject.lang ?? undefined}>{subject.name}</span> · {account.name}
        </span>
        <span className={done ? "sub row tight fix" : "sub row tight"}>{children}</span>
      </PlainLink>
    </li>
  );
}
