import { classes } from "./classes.ts";

type MeterProps = {
  value: number;
  max: number;
  /** What it measures. Without, it is decoration beside the same fact in words. */
  label?: string;
  /** `look` and `act` only for the time of a live session. */
  tone?: "accent" | "look" | "act" | "plain";
  thin?: boolean;
};

/** How much of a whole, from 0 to `max`. */
export function Meter({ value, max, label, tone = "accent", thin }: MeterProps) {
  const share = max > 0 ? Math.min(100, Math.max(0, (100 * value) / max)) : 0;
  const read = label
    ? ({
        role: "meter",
        "aria-label": label,
        "aria-valuenow": value,
        "aria-valuemin": 0,
        "aria-valuemax": max,
      } as const)
    : ({ "aria-hidden": true } as const);
  return (
    <span className={classes("meter", thin && "thin", tone !== "accent" && tone)} {...read}>
      <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect width={share} height="1" />
      </svg>
    </span>
  );
}
