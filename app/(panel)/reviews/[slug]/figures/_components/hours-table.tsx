import { Table, Th } from "#components/ui/table.tsx";
import { hourHref, hoursTitle } from "../../_plots/hours.ts";
import type { Kept } from "../../_plots/kept-plots.ts";
import { Count } from "./count.tsx";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Rows only for hours in which anything began. */
export function HoursTable({ figures, days }: Pick<Kept, "figures" | "days">) {
  const { hours } = figures;
  if (hours.length === 0) return null;
  const began = [...new Set(hours.map(({ hour }) => hour))].sort((a, b) => a - b);
  const sessions = (weekday: number, hour: number) =>
    hours.find((one) => one.weekday === weekday && one.hour === hour)?.sessions ?? 0;
  return (
    <Table caption={hoursTitle} fold={false}>
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
                <Count n={sessions(i + 1, hour)} href={hourHref(days, i + 1, hour)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
