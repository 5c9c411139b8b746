import { hourMap } from "#components/charts/hour-map.ts";
import type { Markup } from "#components/charts/markup.ts";
import { emptyPlot, plotCard } from "#components/charts/plot-card.ts";
import { number } from "#components/time-words.ts";
import type { Figures } from "#lib/usage/read-figures.ts";
import { hourWords } from "../../../_words/began.ts";
import { type Days, sessionsHref } from "./days.ts";
import { type Told, tableOf } from "./told.ts";

export const hoursTitle = "Hours of the actor’s own day";

/** The sessions that began in an hour of a weekday. */
export const hourHref = (days: Days, weekday: number, hour: number): string =>
  sessionsHref(
    { from: days.firstDay, to: days.lastDay },
    { weekday: `${weekday}`, hour: `${hour}` },
  );

/** When sessions began in their actors' own days. */
export function hoursPlot({ slug, figures, days, policy }: Told): Markup {
  const { hours, totals } = figures;
  const cells = hours.map(({ weekday, hour, sessions, outside }) => ({
    weekday,
    hour,
    value: sessions,
    outside,
    href: hourHref(days, weekday, hour),
    label: `${hourWords(`${weekday}`, `${hour}`)}: ${number(sessions)} sessions, ${number(outside)} outside working hours`,
  }));
  const said = `${number(totals.outside)} of ${number(totals.sessions)} sessions outside working hours.`;
  const alt = `Sessions by weekday and hour of the actor’s own zone. ${fullest(figures)} ${said}`;
  return plotCard(
    {
      id: "plot-hours",
      title: hoursTitle,
      legend: [
        { of: "inside", words: "working hours" },
        { of: "outside", words: "outside, with the number" },
      ],
      note: said,
      scrolls: totals.outside === 0 && hours.length > 0,
      more: hours.length > 0 ? tableOf(slug, "hours", hoursTitle) : undefined,
    },
    hours.length === 0
      ? emptyPlot("clock", "No sessions in this period", "Each is counted in its actor’s own hour.")
      : hourMap({ id: "hours", alt, cells, inside: policy.workingHours }),
  );
}

function fullest({ hours }: Figures): string {
  const [most] = [...hours].sort((a, b) => b.sessions - a.sessions);
  return most ? `Most on ${hourWords(`${most.weekday}`, `${most.hour}`)}.` : "";
}
