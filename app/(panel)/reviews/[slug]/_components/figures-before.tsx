import { PlotCard } from "#components/charts/plot-card.tsx";
import { durationInMinutes, number } from "#components/time-words.ts";
import { Table, Th } from "#components/ui/table.tsx";
import type { DashboardFigures } from "#lib/usage/look-at-figures.ts";
import { type Period, quarterOf } from "#lib/usage/period.ts";
import { daysWords } from "../../../_words/began.ts";
import { percent } from "./figures-approvals.tsx";
import type { Days } from "./figures-days.ts";

type BeforeFigureProps = { figures: DashboardFigures; days: Days };
type Totals = DashboardFigures["totals"];

/** This quarter against the one before. */
export function BeforeFigure({ figures, days }: BeforeFigureProps) {
  const { period, before, totals, totalsBefore } = figures;
  const title = `Against ${nameOf(before)}`;
  return (
    <PlotCard
      id="plot-before"
      title={title}
      note={days.isRunning && "The period is not over: its numbers are those so far."}
    >
      <Table
        caption={`${nameOf(period)} against ${nameOf(before)}`}
        fold={false}
        className="before"
      >
        <thead>
          <tr>
            <Th hidden>Figure</Th>
            <Th numeric>{nameOf(period)}</Th>
            <Th numeric>{nameOf(before)}</Th>
          </tr>
        </thead>
        <tbody className="num">
          {rows.map(([name, words]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="n">
                <strong>{words(totals)}</strong>
              </td>
              <td className="n faint">{words(totalsBefore)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </PlotCard>
  );
}

const rows: [string, (totals: Totals) => string][] = [
  ["Sessions", ({ sessions }) => number(sessions)],
  ["Of them acting", ({ acting, sessions }) => percent(acting, sessions)],
  ["With writes", ({ wrote, ended }) => percent(wrote, ended)],
  ["Sensitive", ({ sensitive, sessions }) => percent(sensitive, sessions)],
  ["Outside working hours", ({ outside }) => number(outside)],
  [
    "On average",
    ({ seconds, ended }) => (ended === 0 ? "–" : durationInMinutes(Math.round(seconds / ended))),
  ],
  ["Exports", ({ exports }) => number(exports)],
  ["Refused by a product", ({ refusals }) => number(refusals)],
  ["Break-glass", () => "0"],
];

/** "Q3 2026", or its days. */
function nameOf(period: Period): string {
  const quarter = quarterOf(period);
  if (!quarter) return daysWords(period.firstDay, period.lastDay);
  return `Q${(Number(quarter.slice(5, 7)) + 2) / 3} ${quarter.slice(0, 4)}`;
}
