import { type Markup, markup } from "#components/charts/markup.ts";
import { emptyPlot, plotCard } from "#components/charts/plot-card.ts";
import { scatter } from "#components/charts/scatter.ts";
import { durationInMinutes, number, percent } from "#components/time-words.ts";
import type { Figures } from "#lib/usage/read-figures.ts";
import { peoplePath, type Told, tableOf } from "./told.ts";

export const approvalsTitle = "Approvals by approver";

/** How fast and how often not each approver decides; of fewer than five only what they did together. */
export function approvalsPlot({ slug, figures, policy, mayName }: Told): Markup {
  const { approvals, approvers } = figures;
  const decided = approvals.approved + approvals.denied;
  const isDrawn = approvers.length > 0;
  const { quickSeconds } = policy.findings;
  return plotCard(
    {
      id: "plot-approvals",
      title: approvalsTitle,
      note: isDrawn
        ? `A circle is one approver, larger the more they decided. In all ${said(figures, quickSeconds)}.`
        : decided > 0 && `By fewer than five people: of them no distribution is shown.`,
      more: mayName
        ? { href: peoplePath(slug), words: "Who approves whom", of: "with names" }
        : isDrawn
          ? tableOf(slug, "approvals", approvalsTitle)
          : undefined,
    },
    decided === 0
      ? emptyPlot("two", "Nothing decided in this period", "A vote counts on the day it was given.")
      : isDrawn
        ? drawn(figures, quickSeconds)
        : together(figures, quickSeconds),
  );
}

/** "212 decided, 9 % denied, in 4 min on average, 3 approved within 10 s" */
const said = ({ approvals: { approved, denied, seconds, quick } }: Figures, within: number) =>
  `${number(approved + denied)} decided, ${percent(denied, approved + denied)} denied, in ${durationInMinutes(seconds)} on average, ${number(quick)} approved within ${within} s`;

function together({ approvals }: Figures, within: number): Markup {
  const { approved, denied, seconds, quick } = approvals;
  const facts = [
    [number(approved + denied), "decided"],
    [percent(denied, approved + denied), "denied"],
    [durationInMinutes(seconds), "to decide, on average"],
    [number(quick), `approved within ${within} s`],
  ] as const;
  return markup`<dl class='facts-large'>${facts.map(
    ([value, words]) => markup`<div><dt>${words}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

/** Seconds that are marked on the axis, which goes by their logarithm. */
const times = [
  [10, "10 s"],
  [60, "1 min"],
  [600, "10 min"],
  [3600, "1 h"],
  [4 * 3600, "4 h"],
] as const;
const [shortest, longest] = [5, 4 * 3600];

function drawn(figures: Figures, within: number): Markup {
  const points = figures.approvers.map(({ approved, denied, seconds }) => ({
    seconds,
    denied: (100 * denied) / (approved + denied),
    size: approved + denied,
  }));
  const highest = Math.max(10, ...points.map(({ denied }) => denied));
  const step = [5, 10, 20, 25, 50].find((n) => highest / n <= 4) ?? 50;
  const end = Math.ceil(highest / step) * step;
  const along = (seconds: number) =>
    Math.log(Math.min(longest, Math.max(shortest, seconds)) / shortest) /
    Math.log(longest / shortest);
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
      x: times.map(([seconds, words]) => ({ words, share: along(seconds) })),
      y: rates.map((rate) => ({ words: `${rate} %`, share: rate / end })),
    },
    names: { x: "time to decide", y: "Denied" },
  });
}
