import type { Markup } from "#components/charts/markup.ts";
import { emptyPlot, plotCard } from "#components/charts/plot-card.ts";
import { spreadPlot } from "#components/charts/spread-plot.ts";
import { number } from "#components/time-words.ts";
import type { Figures } from "#lib/usage/read-figures.ts";
import { peoplePath, type Told, tableOf } from "./told.ts";

export const spreadTitle = "Accounts per agent, against the team";

const mostDrawn = 5;

/** How many accounts each agent touched, against the others of the team. */
export function spreadOf({ slug, figures, mayName }: Told): Markup {
  const { teams, far } = figures;
  const rows = drawn(figures).map(({ team, people, ...one }) => ({
    ...one,
    name: team,
    second: `${number(people)} agents`,
    dots: one.dots.map((dot) => ({ value: dot.accounts, people: dot.people })),
    far: far.filter((outlier) => outlier.team === team).map(({ accounts }) => accounts),
  }));
  const alt = rows
    .map(({ name, median, high, far: above }) => {
      const near = `${name}: median ${number(median)}, nine in ten up to ${number(high)}`;
      return above.length === 0
        ? `${near}.`
        : `${near}, far above ${above.map(number).join(", ")}.`;
    })
    .join(" ");
  return plotCard(
    {
      id: "plot-spread",
      title: spreadTitle,
      legend: [{ of: "rest", words: "8 of 10 agents" }],
      note: noteOf(figures, mayName),
      scrolls: teams.length > 0 && !(mayName && far.length > 0),
      more: teams.length > 0 ? tableOf(slug, "spread", spreadTitle) : undefined,
    },
    teams.length === 0
      ? emptyPlot(
          "two",
          "No team of five or more",
          "Of fewer people a distribution would tell who did what, so it is not shown.",
        )
      : spreadPlot({
          id: "spread",
          alt: `Accounts touched per agent, by team. ${alt}`,
          rows,
          href: mayName ? peoplePath(slug) : null,
        }),
  );
}

function noteOf({ far, teams }: Figures, mayName: boolean): string {
  const more = teams.length > mostDrawn ? " More teams are in the table." : "";
  const touched = `Number of accounts touched in the period.${more}`;
  if (far.length === 0) return touched;
  return mayName
    ? `${touched} A diamond is far above the team, and opens who that is.`
    : `${touched} A diamond is far above the team.`;
}

/** Teams in which somebody is far above the others first, then the largest. */
function drawn({ teams, far }: Figures): Figures["teams"] {
  const hasFar = new Set(far.map(({ team }) => team));
  const first = teams.filter(({ team }) => hasFar.has(team));
  return [...first, ...teams.filter(({ team }) => !hasFar.has(team))].slice(0, mostDrawn);
}
