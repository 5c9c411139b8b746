import { LegendKey, PlotCard } from "#components/charts/plot-card.tsx";
import { type Panel, WeekBars } from "#components/charts/week-bars.tsx";
import { number } from "#components/time-words.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { DashboardFigures } from "#lib/usage/look-at-figures.ts";
import { type Scope, type Tier, tiers } from "#lib/vocabulary.ts";
import { tierWords } from "../../../_words/began.ts";
import { type Days, sessionsHref, type WeekOf } from "./figures-days.ts";

type WeeksFigureProps = { figures: DashboardFigures; days: Days };

/** Sessions a week, by tier and scope. */
export function WeeksFigure({ figures, days }: WeeksFigureProps) {
  const of = (monday: string, tier: Tier, scope: Scope) =>
    figures.weeks.find((one) => one.monday === monday && one.tier === tier && one.scope === scope)
      ?.sessions ?? 0;
  const inAll = (tier: Tier) =>
    figures.weeks.reduce((sum, one) => sum + (one.tier === tier ? one.sessions : 0), 0);
  const panels = tiers.map((tier): Panel => {
    const bars = days.weeks.map((week) => {
      const [look, act] = [of(week.monday, tier, "read"), of(week.monday, tier, "write")];
      const label = `${number(look + act)}: ${tierWords[tier]}, ${week.words}, ${number(look)} looking, ${number(act)} acting`;
      return { look, act, label, href: sessionsHref(week, { tier }) };
    });
    return { name: tierWords[tier], second: `${number(inAll(tier))} in all`, bars };
  });
  const running = days.weeks.find(({ isRunning }) => isRunning);
  const title = "Sessions a week, by tier and scope";
  return (
    <PlotCard
      id="plot-weeks"
      title={title}
      legend={
        <>
          <LegendKey of="look">looking</LegendKey>
          <LegendKey of="act">acting</LegendKey>
        </>
      }
      note={`A bar opens its sessions.${running ? ` ${running.words} is not over.` : ""}`}
      table={<WeeksTable title={title} weeks={days.weeks} of={of} />}
    >
      {figures.totals.sessions === 0 ? (
        <Empty kind="nothing" icon="list" title="No sessions in this period">
          Each is counted on the day on which it began.
        </Empty>
      ) : (
        <WeekBars id="weeks" alt={altOf(panels)} weeks={days.weeks} panels={panels} />
      )}
    </PlotCard>
  );
}

const altOf = (panels: Panel[]): string =>
  `Sessions a week by tier, looking below and acting above. ${panels
    .map(({ name, second, bars }) => {
      const most = Math.max(0, ...bars.map(({ look, act }) => look + act));
      return `${name}: ${second}, ${number(most)} in the fullest week.`;
    })
    .join(" ")}`;

type WeeksTableProps = {
  title: string;
  weeks: WeekOf[];
  of: (monday: string, tier: Tier, scope: Scope) => number;
};

function WeeksTable({ title, weeks, of }: WeeksTableProps) {
  return (
    <Table caption={title} fold={false}>
      <thead>
        <tr>
          <Th>Week</Th>
          {tiers.map((tier) => (
            <Th key={tier} numeric>
              {tierWords[tier]}, looking
            </Th>
          ))}
          {tiers.map((tier) => (
            <Th key={tier} numeric>
              {tierWords[tier]}, acting
            </Th>
          ))}
        </tr>
      </thead>
      <tbody className="num">
        {weeks.map((week) => (
          <tr key={week.monday}>
            <th scope="row">{week.words}</th>
            {(["read", "write"] as const).flatMap((scope) =>
              tiers.map((tier) => (
                <td key={`${scope} ${tier}`} className="n">
                  <Count
                    n={of(week.monday, tier, scope)}
                    href={sessionsHref(week, { tier, scope })}
                  />
                </td>
              )),
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** A number that opens what it counts. */
export const Count = ({ n, href }: { n: number; href: string }) =>
  n === 0 ? "0" : <a href={href}>{number(n)}</a>;
