import { Time } from "#components/time.tsx";
import { Mark } from "#components/ui/mark.tsx";
import type { FindingStatus } from "#lib/vocabulary.ts";
import { findingStatusWords } from "#lib/vocabulary-labels.ts";

const icons = { open: "half", explained: "check", coaching: "two", incident: "warn" } as const;

/** What became of a finding. */
export function StatusMark({ status }: { status: FindingStatus }) {
  return (
    <Mark icon={icons[status]} tone={status === "incident" ? "problem" : "plain"}>
      {findingStatusWords[status].name}
    </Mark>
  );
}

const dayMs = 24 * 3_600_000;

type DueProps = {
  at: Date;
  now: Date;
  zone: string;
  /** Where no head of a column says what the day is. */
  named?: boolean;
};

/** By when somebody must decide: the day, or how late it is. */
export function Due({ at, now, zone, named }: DueProps) {
  const late = now.getTime() - at.getTime();
  if (late <= 0)
    return (
      <>
        {named && "due "}
        <Time at={at} now={now} zone={zone} style="day" />
      </>
    );
  const days = Math.floor(late / dayMs);
  const words = days === 0 ? "Late since today" : `${days} ${days === 1 ? "day" : "days"} late`;
  return (
    <Mark icon="clock" tone="problem" title={at.toISOString()}>
      {words}
    </Mark>
  );
}
