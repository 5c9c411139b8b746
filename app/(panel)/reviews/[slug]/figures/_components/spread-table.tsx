import { number } from "#components/time-words.ts";
import { Table, Th } from "#components/ui/table.tsx";
import type { Kept } from "../../_plots/kept-plots.ts";
import { spreadTitle } from "../../_plots/spread.ts";

export function SpreadTable({ figures: { teams, far } }: Pick<Kept, "figures">) {
  if (teams.length === 0) return null;
  return (
    <Table caption={spreadTitle} fold={false}>
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
        {teams.map(({ team, people, low, median, high }) => {
          const above = far.filter((one) => one.team === team);
          return (
            <tr key={team}>
              <th scope="row">{team}</th>
              <td className="n">{number(people)}</td>
              <td className="n nowrap">
                {number(low)} to {number(high)}
              </td>
              <td className="n">{number(median)}</td>
              <td>
                {above.length === 0 ? (
                  <span className="faint">nobody</span>
                ) : (
                  above.map(({ accounts }) => number(accounts)).join(", ")
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
