import {
  absolute,
  ago,
  clock,
  dated,
  dayOnly,
  durationInMinutes,
  durationWords,
} from "./time-words.ts";

type TimeProps = {
  at: Date;
  /** The server's clock when the page was read. */
  now: Date;
  /** The reader's zone (IANA). */
  zone: string;
  /**
   * `ago`: "14 min ago", for all that is over. `dated`: "Yesterday, 17:12", where a span begins or a deadline stands alone.
   * `clock`: "14:20", for deadlines and what is live. `seconds`:
   * "10:41:07". `day`: "12 Oct". `evidence`: ISO 8601 in UTC, to the millisecond.
   */
  style?: "ago" | "dated" | "clock" | "seconds" | "day" | "evidence";
};

/** A time, with the whole of it on hover and on paper. */
export function Time({ at, now, zone, style = "ago" }: TimeProps) {
  const iso = at.toISOString();
  return (
    <time
      dateTime={iso}
      title={style === "evidence" ? undefined : absolute(at, zone)}
      className={classOf[style]}
    >
      {words({ at, now, zone, style })}
    </time>
  );
}

/** What a reader of the day understands is written out on paper (`print.css`). */
const classOf: Partial<Record<NonNullable<TimeProps["style"]>, string>> = {
  ago: "ago",
  dated: "ago",
  evidence: "mono",
};

function words({ at, now, zone, style }: Required<TimeProps>): string {
  switch (style) {
    case "ago":
      return ago(at, now, zone);
    case "dated":
      return dated(at, now, zone);
    case "clock":
      return clock(at, now, zone);
    case "seconds":
      return clock(at, now, zone, true);
    case "day":
      return dayOnly(at, now, zone);
    case "evidence":
      return at.toISOString();
  }
}

/** How long something took, in seconds. `rounded` to minutes: "12 min". */
export function Duration({ seconds, rounded }: { seconds: number; rounded?: boolean }) {
  return (
    <time dateTime={`PT${Math.max(0, Math.floor(seconds))}S`}>
      {rounded ? durationInMinutes(seconds) : durationWords(seconds)}
    </time>
  );
}
