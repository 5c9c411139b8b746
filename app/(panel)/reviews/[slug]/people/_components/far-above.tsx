import { number } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { PeopleFigures } from "#lib/usage/look-at-people.ts";
import { reviewPath } from "../../../address.ts";

type FarAboveProps = {
  figures: PeopleFigures;
  slug: string;
  /** The numbers of their items, if they have one. */
  items: ReadonlyMap<string, number>;
};

/** Who touched far more accounts than their team. */
export function FarAbove({ figures: { outliers, teams, named }, slug, items }: FarAboveProps) {
  return (
    <Card flush id="far" title="Far above their team">
      {outliers.length === 0 ? (
        <Empty kind="nothing" icon="two" title="Nobody" level="h3">
          {named === "own people"
            ? "Of those whom you manage nobody is far above their team."
            : "Nobody touched far more accounts than their team. Of teams under five nothing is said."}
        </Empty>
      ) : (
        <Table caption="People who touched far more accounts than their team" className="far-above">
          <thead>
            <tr>
              <Th>Who</Th>
              <Th>Team</Th>
              <Th numeric>Accounts</Th>
              <Th numeric>Median of the team</Th>
              <Th numeric>8 of 10</Th>
            </tr>
          </thead>
          <tbody className="num">
            {outliers.map(({ staffId, name, team, accounts }) => {
              const item = items.get(staffId);
              const of = teams.find((one) => one.team === team);
              return (
                <tr key={staffId}>
                  <th scope="row">
                    {item === undefined ? (
                      name
                    ) : (
                      <PlainLink href={`${reviewPath(slug)}/items/${item}`}>{name}</PlainLink>
                    )}
                  </th>
                  <td>{team}</td>
                  <td className="n">
                    {number(accounts)}
                    <span className="folded"> accounts</span>
                  </td>
                  <td className="n start">
                    <span className="folded">median of the team </span>
                    {of ? number(of.median) : "–"}
                  </td>
                  <td className="n nowrap">
                    <span className="folded">8 of 10: </span>
                    {of ? `${number(of.low)} to ${number(of.high)}` : "–"}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
