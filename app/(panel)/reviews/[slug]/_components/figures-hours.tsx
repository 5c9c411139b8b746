import { HourMap } from "#components/charts/hour-map.tsx";
import { LegendKey, PlotCard } from "#components/charts/plot-card.tsx";
import { number } from "#components/time-words.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { DashboardFigures } from "#lib/usage/look-at-figures.ts";
import { hourWords } from "../../../_words/began.ts";
import { type Days, sessionsHref } from "./figures-days.ts";
import { Count } from "./figures-weeks.tsx";

type HoursFigureProps = { figures: DashboardFigures; days: Days };

/** When sessions began in their actors' own days. */
export function HoursFigure({ figures, days }: HoursFigureProps) {
  const { hours, totals, policy } = figures;
  const title = "Hours of the actor’s own day";
  const href = (weekday: number, hour: number) =>
    sessionsHref(
      { from: days.firstDay, to: days.lastDay },
      { weekday: `${weekday}`, hour: `${hour}` },
    );
  const cells = hours.map(({ weekday, hour, sessions, outside }) => ({
    weekday,
    hour,
    value: sessions,
    outside,
    href: href(weekday, hour),
    label: `${hourWords(`${weekday}`, `${hour}`)}: ${number(sessions)} sessions, ${number(outside)} outside working hours`,
  }));
  const said = `${number(totals.outside)} of ${number(totals.sessions)} sessions outside working hours.`;
  return (
    <PlotCard
      id="plot-hours"
      title={title}
      legend={
        <>
          <LegendKey of="inside">working hours</LegendKey>
          <LegendKey of="outside">outside, with the number</LegendKey>
        </>
      }
      note={said}
      scrolls={totals.outside === 0 && hours.length > 0}
      table={hours.length > 0 && <HoursTable title={title} figures={figures} href={href} />}
    >
      {hours.length === 0 ? (
        <Empty kind="nothing" icon="clock" title="No sessions in this period">
          Each is counted in the hour of its actor’s own zone.
        </Empty>
      ) : (
        <HourMap
          id="hours"
          alt={`Sessions by weekday and hour of the actor’s own zone. ${fullest(figures)} ${said}`}
          cells={cells}
          inside={policy.workingHours}
        />
      )}
    </PlotCard>
  );
}

function fullest({ hours }: DashboardFigures): string {
  const [most] = [...hours].sort((a, b) => b.sessions - a.sessions);
  return most ? `Most on ${hourWords(`${most.weekday}`, `${most.hour}`)}.` : "";
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

type HoursTableProps = {
  title: string;
  figures: DashboardFigures;
  href: (weekday: number, hour: number) => string;
};

/** Rows only for hours in which anything began. */
function HoursTable({ title, figures, href }: HoursTableProps) {
  const began = [...new Set(figures.hours.map(({ hour }) => hour))].sort((a, b) => a - b);
  return (
    <Table caption={title} fold={false}>
      <thead>
        <tr>
          <Th>Hour</Th>
          {weekdays.map((day) => (
            <Th key={day} numeric>
              {day}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody className="num">
        {began.map((hour) => (
          <tr key={hour}>
            <th scope="row">{`${String(hour).padStart(2, "0")}:00`}</th>
            {weekdays.map((day, i) => (
              <td key={day} className="n">
                <Count
                  n={
                    figures.hours.find((one) => one.weekday === i + 1 && one.hour === hour)
                      ?.sessions ?? 0
                  }
                  href={href(i + 1, hour)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
