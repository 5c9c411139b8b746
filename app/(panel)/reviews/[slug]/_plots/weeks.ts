import type { Markup } from "#components/charts/markup.ts";
import { emptyPlot, plotCard } from "#components/charts/plot-card.ts";
import { type Panel, weekBars } from "#components/charts/week-bars.ts";
import { number } from "#components/time-words.ts";
import type { Figures } from "#lib/usage/read-figures.ts";
import { type Scope, type Tier, tiers } from "#lib/vocabulary.ts";
import { tierWords } from "../../../_words/began.ts";
import { sessionsHref } from "./days.ts";
import { type Told, tableOf } from "./told.ts";

export const weeksTitle = "Sessions a week, by tier and scope";

/** Sessions of a week, tier and scope. */
export const weekOf = ({ weeks }: Figures, monday: string, tier: Tier, scope: Scope): number =>
  weeks.find((one) => one.monday === monday && one.tier === tier && one.scope === scope)
    ?.sessions ?? 0;

/** Sessions a week, by tier and scope. */
export function weeksPlot({ slug, figures, days }: Told): Markup {
  const inAll = (tier: Tier) =>
    figures.weeks.reduce((sum, one) => sum + (one.tier === tier ? one.sessions : 0), 0);
  const panels = tiers.map((tier): Panel => {
    const bars = days.weeks.map((week) => {
      const look = weekOf(figures, week.monday, tier, "read");
      const act = weekOf(figures, week.monday, tier, "write");
      const label = `${number(look + act)}: ${tierWords[tier]}, ${week.words}, ${number(look)} looking, ${number(act)} acting`;
      return { look, act, label, href: sessionsHref(week, { tier }) };
    });
    return { name: tierWords[tier], second: `${number(inAll(tier))} in all`, bars };
  });
  const running = days.weeks.find(({ isRunning }) => isRunning);
  return plotCard(
    {
      id: "plot-weeks",
      title: weeksTitle,
      legend: [
        { of: "look", words: "looking" },
        { of: "act", words: "acting" },
      ],
      note: `A bar opens its sessions.${running ? ` ${running.words} is not over.` : ""}`,
      more: tableOf(slug, "weeks", weeksTitle),
    },
    figures.totals.sessions === 0
      ? emptyPlot("list", "No sessions in this period", "Each is counted on the day it began.")
      : weekBars({ id: "weeks", alt: altOf(panels), weeks: days.weeks, panels }),
  );
}

const altOf = (panels: Panel[]): string =>
  `Sessions a week by tier, looking below and acting above. ${panels
    .map(({ name, second, bars }) => {
      const most = Math.max(0, ...bars.map(({ look, act }) => look + act));
      return `${name}: ${second}, ${number(most)} in the fullest week.`;
    })
    .join(" ")}`;
