import { LegendKey, PlotCard } from "#components/charts/plot-card.tsx";
import { SpreadPlot } from "#components/charts/spread-plot.tsx";
import { number } from "#components/time-words.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { DashboardFigures } from "#lib/usage/look-at-figures.ts";

type SpreadFigureProps = {
  figures: DashboardFigures;
  /** Where somebody's item is, if they have one. */
  hrefOf: (staffId: string) => string | null;
};
type Outlier = DashboardFigures["outliers"][number];

/** How many accounts each agent touched, against the others of the team. */
export function SpreadFigure({ figures, hrefOf }: SpreadFigureProps) {
  const { teams, outliers } = figures;
  const title = "Accounts per agent, against the team";
  const rows = drawn(figures).map(({ team, people, ...one }) => ({
    ...one,
    name: team,
    second: `${number(people)} agents`,
    dots: one.dots.map((dot) => ({ value: dot.accounts, people: dot.people })),
    far: outliers
      .filter((outlier) => outlier.team === team)
      .map(({ accounts, name, staffId }) => ({
        value: accounts,
        name,
        href: staffId && hrefOf(staffId),
      })),
  }));
  const alt = rows
    .map(({ name, median, high, far }) => {
      const above = far.map((one) => `${one.name ?? "one person"} ${number(one.value)}`);
      const near = `${name}: median ${number(median)}, nine in ten up to ${number(high)}`;
      return `${[near, ...above].join(", ")}.`;
    })
    .join(" ");
  return (
    <PlotCard
      id="plot-spread"
      title={title}
      legend={<LegendKey of="rest">8 of 10 agents</LegendKey>}
      note={noteOf(figures)}
      table={teams.length > 0 && <SpreadTable title={title} figures={figures} hrefOf={hrefOf} />}
    >
      {teams.length === 0 ? (
        <Empty kind="nothing" icon="two" title="No team of five or more">
          Of fewer people a distribution would tell who did what, so it is not shown.
        </Empty>
      ) : (
        <SpreadPlot id="spread" alt={`Accounts touched per agent, by team. ${alt}`} rows={rows} />
      )}
    </PlotCard>
  );
}

const noteOf = ({ named, outliers, teams }: DashboardFigures): string => {
  const more = teams.length > mostDrawn ? ` More teams are in the table.` : "";
  const touched = `Number of accounts touched in the period.${more}`;
  if (outliers.length === 0) return touched;
  switch (named) {
    case "everybody":
      return `${touched} A diamond is far above the team and opens the person’s item.`;
    case "own people":
      return `${touched} A diamond is far above the team; names are of whom you manage.`;
    case "nobody":
      return `${touched} A diamond is far above the team; names are for their manager and compliance.`;
  }
};

const mostDrawn = 5;

/** Teams in which somebody is far above the others first, then the largest. */
function drawn({ teams, outliers }: DashboardFigures): DashboardFigures["teams"] {
  const hasFar = new Set(outliers.map(({ team }) => team));
  const far = teams.filter(({ team }) => hasFar.has(team));
  const others = teams.filter(({ team }) => !hasFar.has(team));
  return [...far, ...others].slice(0, mostDrawn);
}

type SpreadTableProps = SpreadFigureProps & { title: string };

function SpreadTable({ title, figures, hrefOf }: SpreadTableProps) {
  return (
    <Table caption={title} fold={false}>
      <thead>
        <tr>
          <Th>Team</Th>
          <Th numeric>Agents</Th>
          <Th numeric>8 of 10</Th>
          <Th numeric>Median</Th>
          <Th>Far above</Th>
        </tr>
      </thead>
      <tbody className="num">
        {figures.teams.map(({ team, people, low, median, high }) => (
          <tr key={team}>
            <th scope="row">{team}</th>
            <td className="n">{number(people)}</td>
            <td className="n nowrap">
              {number(low)} to {number(high)}
            </td>
            <td className="n">{number(median)}</td>
            <td>
              <Far outliers={figures.outliers.filter((one) => one.team === team)} hrefOf={hrefOf} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Far({ outliers, hrefOf }: { outliers: Outlier[]; hrefOf: SpreadFigureProps["hrefOf"] }) {
  if (outliers.length === 0) return <span className="faint">nobody</span>;
  return outliers.map(({ staffId, name, accounts }, i) => {
    const href = staffId && hrefOf(staffId);
    const words = name ? `${name} ${number(accounts)}` : number(accounts);
    return (
      <span key={staffId ?? `${accounts} ${i * 1}`}>
        {i > 0 && ", "}
        {href ? <a href={href}>{words}</a> : words}
      </span>
    );
  });
}
