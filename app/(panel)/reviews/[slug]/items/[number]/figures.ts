import { durationInMinutes, number } from "#components/time-words.ts";
import type { ItemFigures } from "#lib/reviews/figures-of.ts";
import type { Spread } from "#lib/usage/peers.ts";
import type { Role } from "#lib/vocabulary.ts";

export type FigureRow = {
  label: string;
  /** What the number is made of, as words. */
  of?: string;
  now: number;
  before: number;
  spread: Spread | null;
  words: (n: number) => string;
};

type Figures = ItemFigures["now"];
type Named = { label: string; figure: keyof Figures; of?: (figures: Figures) => string };

const standingIn: Named[] = [
  { label: "Sessions", figure: "sessions" },
  { label: "Of them acting", figure: "acting" },
  { label: "Of them sensitive", figure: "sensitive" },
  { label: "Outside working hours", figure: "outside" },
  { label: "Accounts", figure: "accounts" },
  { label: "Time", figure: "seconds" },
  {
    label: "Writes",
    figure: "writes",
    of: ({ data, configuration, messages }) =>
      `${number(data)} data, ${number(configuration)} configuration, ${number(messages)} ${messages === 1 ? "message" : "messages"}`,
  },
  { label: "Exports", figure: "exports" },
  { label: "Break-glass", figure: "breakGlass" },
  { label: "Refused attempts", figure: "refusals" },
  { label: "Findings", figure: "findings" },
];
const deciding: Named[] = [
  { label: "Approved", figure: "approved" },
  { label: "Denied", figure: "denied" },
  { label: "Decided within seconds", figure: "quick" },
  { label: "Findings", figure: "findings" },
];

/** The figures that tell how a role was used; none for those that leave their traces in the audit log only. */
export function figureRows(role: Role, { now, before, peers }: ItemFigures): FigureRow[] {
  const named = role === "agent" ? standingIn : role === "manager" ? deciding : [];
  return named.map(({ label, figure, of }) => ({
    label,
    of: of && now[figure] > 0 ? of(now) : undefined,
    now: now[figure],
    before: before[figure],
    spread: spreadIn(peers, figure),
    words: figure === "seconds" ? durationInMinutes : number,
  }));
}

function spreadIn(peers: ItemFigures["peers"], figure: keyof Figures): Spread | null {
  if (!peers) return null;
  const found = Object.entries(peers.of).find(([name]) => name === figure);
  return found ? found[1] : null;
}

/** Far above eight of ten: by more than half of what lies between them, and by two at least. */
export const isFar = (value: number, { low, high }: Spread): boolean =>
  value > high + Math.max(2, (high - low) / 2);
