const minute = 60;
const hour = 60 * minute;

/** Seconds between one try in vain and the next: soon while an approver may still be waiting, then hourly. */
const waits = [5, 15, 45, 2 * minute, 5 * minute, 10 * minute, 20 * minute, 30 * minute, hour];
/** What did not arrive within a day is given up, and said so. */
const longest = 24 * hour;

type Tried = {
  /** Tries in vain, this one among them. */
  tries: number;
  /** Since when it is tried. */
  since: Date;
  at: Date;
  /** What the receiver asked for, in seconds. */
  after?: number | null;
  /** Of the copy: spreads those that failed at the same moment, the same way each time. */
  id: string;
};

/** When to try again; null: no more. */
export function nextTry({ tries, since, at, after, id }: Tried): Date | null {
  const usual = waits[Math.min(tries, waits.length) - 1] ?? hour;
  const share = Number.parseInt(id.slice(-2), 16) / 255;
  // Whatever number a receiver names: past that it is given up all the same.
  const seconds = Math.max(Math.min(after ?? 0, longest + 1), usual * (0.8 + 0.4 * share));
  const next = new Date(at.getTime() + Math.round(seconds * 1000));
  return next.getTime() - since.getTime() > longest * 1000 ? null : next;
}
