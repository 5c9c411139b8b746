import { type Markup, markup } from "#components/charts/markup.ts";
import { plotCard } from "#components/charts/plot-card.ts";
import { durationInMinutes, number, percent } from "#components/time-words.ts";
import { type Period, quarterOf } from "#lib/usage/period.ts";
import type { Figures } from "#lib/usage/read-figures.ts";
import { daysWords } from "../../../_words/began.ts";
import type { Told } from "./told.ts";

type Totals = Figures["totals"];

/** This quarter against the one before: a table, which is its own plot. */
export function beforePlot({ figures, days }: Told): Markup {
  const { period, before, totals, totalsBefore } = figures;
  const [now, then] = [nameOf(period), nameOf(before)];
  const lines = rows.map(
    ([name, words]) =>
      markup`<tr><th scope='row'>${name}</th><td class='n'><strong>${words(totals)}</strong></td><td class='n faint'>${words(totalsBefore)}</td></tr>`,
  );
  return plotCard(
    {
      id: "plot-before",
      title: `Against ${then}`,
      note: days.isRunning && "The period is not over: its numbers are those so far.",
    },
    markup`<table class='t before'><caption class='vh'>${now} against ${then}</caption><thead><tr><th scope='col'><span class='vh'>Figure</span></th><th scope='col' class='n'>${now}</th><th scope='col' class='n'>${then}</th></tr></thead><tbody class='num'>${lines}</tbody></table>`,
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
  ["Break-glass", ({ breakGlass }) => number(breakGlass)],
];

/** "Q3 2026", or its days. */
function nameOf(period: Period): string {
  const quarter = quarterOf(period);
  if (!quarter) return daysWords(period.firstDay, period.lastDay);
  return `Q${(Number(quarter.slice(5, 7)) + 2) / 3} ${quarter.slice(0, 4)}`;
}
