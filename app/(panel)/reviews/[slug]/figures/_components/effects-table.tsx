import { number } from "#components/time-words.ts";
import { Table, Th } from "#components/ui/table.tsx";
import { sessionsHref } from "../../_plots/days.ts";
import { effectsByWeek, effectsTitle } from "../../_plots/effects.ts";
import type { Kept } from "../../_plots/kept-plots.ts";
import { Count } from "./count.tsx";

export function EffectsTable(drawn: Pick<Kept, "figures" | "days">) {
  return (
    <Table caption={effectsTitle} fold={false}>
      <thead>
        <tr>
          <Th>Week</Th>
          <Th numeric>Reads</Th>
          <Th numeric>Writes</Th>
          <Th numeric>Of these, exports</Th>
        </tr>
      </thead>
      <tbody className="num">
        {effectsByWeek(drawn).map(({ week, reads, writes, exports }) => (
          <tr key={week.monday}>
            <th scope="row">{week.words}</th>
            <td className="n">
              <Count n={reads} href={sessionsHref(week)} />
            </td>
            <td className="n">
              <Count n={writes} href={sessionsHref(week, { scope: "write" })} />
            </td>
            <td className="n">{number(exports)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
