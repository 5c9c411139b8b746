import { StaffDisc } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { Note } from "#components/ui/note.tsx";
import { Quote } from "#components/ui/quote.tsx";
import type { AgentBreadth } from "#lib/impersonation/team-breadth.ts";
import { LiftForm } from "./lift-form.tsx";

type AgentProps = {
  agent: AgentBreadth;
  limits: { hour: number; day: number };
  reader: { id: string; zone: string };
  now: Date;
};

/** How broadly one agent stands in, and what the reader can do about it. */
export function Agent({ agent, limits, reader, now }: AgentProps) {
  return (
    <Card
      id={`agent-${agent.id}`}
      title={
        <span className="row fix tight">
          <StaffDisc name={agent.name} size="small" /> {agent.name}
        </span>
      }
      aside={<span className="faint">{agent.team}</span>}
    >
      <div className="stack s">
        <Line count={agent.hour} limit={limits.hour} words="within an hour" />
        <Line count={agent.day} limit={limits.day} words="within a day" />
        {agent.lift ? (
          <Note level="h3" icon="check" title={`Lifted by ${agent.lift.by}`}>
            <p className="sm">
              Until <Time at={agent.lift.until} now={now} zone={reader.zone} style="clock" />:{" "}
              <Quote>{agent.lift.reason}</Quote>
            </p>
          </Note>
        ) : agent.canLift ? (
          <LiftForm agent={agent} />
        ) : (
          <p className="sm soft">
            {agent.id === reader.id
              ? "This is you: another manager can lift it."
              : "You cannot lift this: you report to them, or they are no active agent now."}
          </p>
        )}
      </div>
    </Card>
  );
}

function Line({ count, limit, words }: { count: number; limit: number; words: string }) {
  return (
    <div className="row fix">
      <span className="sm num nowrap">
        {count} of {limit} people {words}
        {count >= limit && <strong>: no more</strong>}
      </span>
      <Meter value={count} max={limit} tone="plain" thin />
    </div>
  );
}
