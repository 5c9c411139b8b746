import { durationInMinutes, number } from "#components/time-words.ts";
import { Table, Th } from "#components/ui/table.tsx";
import { compared, type Peers } from "#lib/usage/peers.ts";
import type { Period } from "#lib/usage/period.ts";
import type { Figures } from "#lib/usage/person.ts";
import { daysWords } from "../../../_words/began.ts";

type PersonTableProps = {
  /** Of the quarter that runs, and of the one before. */
  figures: Figures[];
  before: Period;
  peers: Peers | null;
};

const rows: { of: keyof Figures; name: string }[] = [
  { of: "sessions", name: "Sessions" },
  { of: "acting", name: "Of them acting" },
  { of: "sensitive", name: "Needing an approval" },
  { of: "outside", name: "Outside working hours" },
  { of: "accounts", name: "Accounts touched" },
  { of: "seconds", name: "Time in sessions" },
  { of: "reads", name: "Pages read" },
  { of: "writes", name: "Writes" },
  { of: "data", name: "· of data" },
  { of: "configuration", name: "· of configuration" },
  { of: "messages", name: "· messages sent" },
  { of: "exports", name: "· exports" },
  { of: "refusals", name: "Refusals" },
  { of: "approved", name: "Requests approved" },
  { of: "denied", name: "Requests denied" },
];

export function PersonTable({ figures, before, peers }: PersonTableProps) {
  const [now, then] = figures;
  return (
    <Table caption="Figures of this quarter and the one before, against peers" fold={false}>
      <thead>
        <tr>
          <Th>Figure</Th>
          <Th numeric>This quarter</Th>
          <Th numeric>{daysWords(before.firstDay, before.lastDay)}</Th>
          {peers && <Th numeric>8 of 10 peers</Th>}
          {peers && <Th numeric>Median</Th>}
        </tr>
      </thead>
      <tbody className="num">
        {rows.map(({ of, name }) => {
          const words = of === "seconds" ? durationInMinutes : number;
          const which = compared.find((one) => one === of);
          const spread = which && peers?.of[which];
          return (
            <tr key={of}>
              <th scope="row">{name}</th>
              <td className="n">
                <strong>{words(now?.[of] ?? 0)}</strong>
              </td>
              <td className="n faint">{words(then?.[of] ?? 0)}</td>
              {peers && (
                <td className="n nowrap">
                  {spread ? `${words(spread.low)} to ${words(spread.high)}` : "–"}
                </td>
              )}
              {peers && <td className="n">{spread ? words(spread.median) : "–"}</td>}
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
