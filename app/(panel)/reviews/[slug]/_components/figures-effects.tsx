import { LegendKey, PlotCard } from "#components/charts/plot-card.tsx";
import { type Panel, WeekBars } from "#components/charts/week-bars.tsx";
import { number } from "#components/time-words.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { DashboardFigures } from "#lib/usage/look-at-figures.ts";
import { type Days, sessionsHref } from "./figures-days.ts";
import { Count } from "./figures-weeks.tsx";

type EffectsFigureProps = { figures: DashboardFigures; days: Days };

/** What was read and what was written in the sessions of each week. */
export function EffectsFigure({ figures, days }: EffectsFigureProps) {
  const title = "Reads against writes";
  const rows = days.weeks.map((week) => {
    const of = figures.weeks.filter(({ monday }) => monday === week.monday);
    const sum = (what: "reads" | "writes" | "exports") =>
      of.reduce((all, one) => all + one[what], 0);
    return { week, reads: sum("reads"), writes: sum("writes"), exports: sum("exports") };
  });
  const { reads, writes } = figures.totals;
  const panels: Panel[] = [
    {
      name: "Reads",
      second: `${number(reads)} in all`,
      bars: rows.map(({ week, reads: look }) => ({
        look,
        act: 0,
        label: `${number(look)} reads, ${week.words}`,
        href: sessionsHref(week),
      })),
    },
    {
      name: "Writes",
      second: `${number(writes)} in all`,
      bars: rows.map(({ week, writes: act }) => ({
        look: 0,
        act,
        label: `${number(act)} writes, ${week.words}`,
        href: sessionsHref(week, { scope: "write" }),
      })),
    },
  ];
  const ratio =
    reads === 0 ? "" : ` ${number(Math.round((100 * writes) / reads))} writes for 100 reads.`;
  return (
    <PlotCard
      id="plot-effects"
      title={title}
      legend={
        <>
          <LegendKey of="look">pages read</LegendKey>
          <LegendKey of="act">writes</LegendKey>
        </>
      }
      note={`Counted in the week in which their session began.${ratio}`}
      table={
        <Table caption={title} fold={false}>
          <thead>
            <tr>
              <Th>Week</Th>
              <Th numeric>Reads</Th>
              <Th numeric>Writes</Th>
              <Th numeric>Of these, exports</Th>
            </tr>
          </thead>
          <tbody className="num">
            {rows.map((row) => (
              <tr key={row.week.monday}>
                <th scope="row">{row.week.words}</th>
                <td className="n">
                  <Count n={row.reads} href={sessionsHref(row.week)} />
                </td>
                <td className="n">
                  <Count n={row.writes} href={sessionsHref(row.week, { scope: "write" })} />
                </td>
                <td className="n">{number(row.exports)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      }
    >
      {reads + writes === 0 ? (
        <Empty kind="nothing" icon="eye" title="Nothing was read or written">
          What a product reports of a session is counted here.
        </Empty>
      ) : (
        <WeekBars
          id="effects"
          alt={`Reads and writes a week, on one scale: ${number(reads)} reads, ${number(writes)} writes in all.`}
          weeks={days.weeks}
          panels={panels}
        />
      )}
    </PlotCard>
  );
}
