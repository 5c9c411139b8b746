import type { Markup } from "#components/charts/markup.ts";
import { emptyPlot, plotCard } from "#components/charts/plot-card.ts";
import { type Panel, weekBars } from "#components/charts/week-bars.ts";
import { number } from "#components/time-words.ts";
import { sessionsHref } from "./days.ts";
import { type Told, tableOf } from "./told.ts";

export const effectsTitle = "Reads against writes";

/** What was read, written and exported in the sessions of each week. */
export const effectsByWeek = ({ figures, days }: Pick<Told, "figures" | "days">) =>
  days.weeks.map((week) => {
    const of = figures.weeks.filter(({ monday }) => monday === week.monday);
    const sum = (what: "reads" | "writes" | "exports") =>
      of.reduce((all, one) => all + one[what], 0);
    return { week, reads: sum("reads"), writes: sum("writes"), exports: sum("exports") };
  });

/** What was read and what was written, by week. */
export function effectsPlot({ slug, figures, days }: Told): Markup {
  const rows = effectsByWeek({ figures, days });
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
  const alt = `Reads and writes a week, on one scale: ${number(reads)} reads, ${number(writes)} writes in all.`;
  return plotCard(
    {
      id: "plot-effects",
      title: effectsTitle,
      legend: [
        { of: "look", words: "pages read" },
        { of: "act", words: "writes" },
      ],
      note: `Counted in the week in which their session began.${ratio}`,
      more: tableOf(slug, "effects", effectsTitle),
    },
    reads + writes === 0
      ? emptyPlot("eye", "Nothing was read or written", "What a product reports is counted here.")
      : weekBars({ id: "effects", alt, weeks: days.weeks, panels }),
  );
}
