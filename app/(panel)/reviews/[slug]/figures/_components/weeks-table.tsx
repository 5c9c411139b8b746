import { Table, Th } from "#components/ui/table.tsx";
import { tiers } from "#lib/vocabulary.ts";
import { tierWords } from "../../../../_words/began.ts";
import { sessionsHref } from "../../_plots/days.ts";
import type { Kept } from "../../_plots/kept-plots.ts";
import { weekOf, weeksTitle } from "../../_plots/weeks.ts";
import { Count } from "./count.tsx";

const scopes = ["read", "write"] as const;

export function WeeksTable({ figures, days }: Pick<Kept, "figures" | "days">) {
  return (
    <Table caption={weeksTitle} fold={false}>
      <thead>
        <tr>
          <Th>Week</Th>
          {scopes.flatMap((scope) =>
            tiers.map((tier) => (
              <Th key={`${scope} ${tier}`} numeric>
                {tierWords[tier]}, {scope === "read" ? "looking" : "acting"}
              </Th>
            )),
          )}
        </tr>
      </thead>
      <tbody className="num">
        {days.weeks.map((week) => (
          <tr key={week.monday}>
            <th scope="row">{week.words}</th>
            {scopes.flatMap((scope) =>
              tiers.map((tier) => (
                <td key={`${scope} ${tier}`} className="n">
                  <Count
                    n={weekOf(figures, week.monday, tier, scope)}
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
