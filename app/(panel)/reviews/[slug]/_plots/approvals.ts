import { type Markup, markup } from "#components/charts/markup.ts";
import { emptyPlot, plotCard } from "#components/charts/plot-card.ts";
import { scatter } from "#components/charts/scatter.ts";
import { durationInMinutes, number, percent, withUnit } from "#components/time-words.ts";
import type { Figures } from "#lib/usage/read-figures.ts";
import { peoplePath, type Told, tableOf } from "./told.ts";

export const approvalsTitle = "Approvals by approver";

/**
 * How fast and how often not each approver decides; of fewer than five only what they did together. Of one alone nothing:
 * these would be the figures of a person.
 */
export function approvalsPlot({ slug, figures, policy, mayName }: Told): Markup {
  const { approvals, approvers } = figures;
  const decided = approvals.approved + approvals.denied;
  const isDrawn = approvers.length > 0;
  const { quickSeconds } = policy.findings;
  return plotCard(
    {
      id: "plot-approvals",
      title: approvalsTitle,
      scrolls: isDrawn,
      note: isDrawn
        ? `A circle is one approver, larger the more they decided. In all ${said(figures, quickSeconds)}.`
        : decided > 0 &&
          approvals.people > 1 &&
          `By fewer than five people: of them no distribution is shown.`,
      more: mayName
        ? { href: peoplePath(slug), words: "Who approves whom", of: "with names" }
        : isDrawn
          ? tableOf(slug, "approvals", approvalsTitle)
          : undefined,
    },
    decided === 0
      ? emptyPlot("two", "Nothing decided in this period", "A vote counts on the day it was given.")
      : approvals.people === 1
        ? emptyPlot(
            "two",
            "One person decided all",
            "Figures on a person are for that person, their manager and compliance, by name.",
          )
        : isDrawn
          ? drawn(figures, quickSeconds)
          : together(figures, quickSeconds),
  );
}

/** "212 decided, 9 % denied, in 4 min on average, 3 approved within 10 s" */
const said = ({ approvals: { approved, denied, seconds, quick } }: Figures, within: number) =>
  `${number(approved + denied)} decided, ${percent(denied, approved + denied)} denied, in ${durationInMinutes(seconds)} on average, ${number(quick)} approved within ${withUnit(within, "s")}`;

function together({ approvals }: Figures, within: number): Markup {
  const { approved, denied, seconds, quick } = approvals;
  const facts = [
    [number(approved + denied), "decided"],
    [percent(denied, approved + denied), "denied"],
    [durationInMinutes(seconds), "to decide, on average"],
    [number(quick), `approved within ${withUnit(within, "s")}`],
  ] as const;
  return markup`<dl class='facts-large'>${facts.map(
    ([value, words]) => markup`<div><dt>${words}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

/** Seconds that may be marked on the axis, which goes by their logarithm. */
const times = [
  [1, "1 s"],
  [10, "10 s"],
  [30, "30 s"],
  [60, "1 min"],
  [300, "5 min"],
  [600, "10 min"],
  [1800, "30 min"],
  [3600, "1 h"],
  [4 * 3600, "4 h"],
  [24 * 3600, "1 day"],
] as const;

/** From the last mark below all to the first above all. */
function marksAround(seconds: readonly number[]) {
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
  const from = times.findLastIndex(([mark]) => mark <= least);
  const to = times.findIndex(([mark]) => mark > most);
  return times.slice(Math.min(Math.max(0, from), times.length - 2), to < 0 ? undefined : to + 1);
}

function drawn(figures: Figures, within: number): Markup {
  const points = figures.approvers.map(({ approved, denied, seconds }) => ({
    seconds,
    denied: (100 * denied) / (approved + denied),
    size: approved + denied,
  }));
  const highest = Math.max(10, ...points.map(({ denied }) => denied));
  const step = [5, 10, 20, 25, 50].find((n) => highest / n <= 4) ?? 50;
  const end = Math.ceil(highest / step) * step;
  const marks = marksAround(points.map(({ seconds }) => seconds));
  const [first, last] = [marks[0]?.[0] ?? 1, marks.at(-1)?.[0] ?? 10];
  const along = (seconds: number) =>
    Math.log(Math.min(last, Math.max(first, seconds)) / first) / Math.log(last / first);
  const rates = Array.from({ length: end / step + 1 }, (_, i) => i * step);
  return scatter({
    id: "approvals",
    alt: `Approvers by how long they take on average and how many they deny; ${number(points.length)} of them. In all ${said(figures, within)}.`,
    points: points.map(({ seconds, denied, size }) => ({
      x: along(seconds),
      y: denied / end,
      size,
    })),
    ticks: {
      x: marks.map(([seconds, words]) => ({ words, share: along(seconds) })),
      y: rates.map((rate) => ({ words: `${rate} %`, share: rate / end })),
    },
    names: { x: "time to decide", y: "Denied" },
  });
}
