import { Time } from "#components/time.tsx";
import { Mark } from "#components/ui/mark.tsx";

type ReviewDueProps = { at: Date; now: Date; zone: string };

/** Until when a break-glass is to be reviewed, or that it is late. */
export function ReviewDue({ at, now, zone }: ReviewDueProps) {
  const time = <Time at={at} now={now} zone={zone} style="clock" />;
  return at <= now ? (
    <Mark icon="clock" tone="problem">
      Late since {time}
    </Mark>
  ) : (
    <span className="sm faint">{time} at the latest</span>
  );
}
