import { number } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { Usual } from "#lib/findings/look-at-usual.ts";
import type { Detector } from "#lib/vocabulary.ts";
import { givenName } from "../../../_words/given-name.ts";

type Row = [
  label: string,
  of:
    | "sessions"
    | "accounts"
    | "outside"
    | "sensitive"
    | "writes"
    | "exports"
    | "refusals"
    | "approved"
    | "denied"
    | "quick",
];

const ofAgents: Row[] = [
  ["Sessions", "sessions"],
  ["Accounts", "accounts"],
  ["Of sensitive people", "sensitive"],
  ["Outside working hours", "outside"],
  ["Writes", "writes"],
  ["Exports", "exports"],
  ["Refusals", "refusals"],
];
const ofApprovers: Row[] = [
  ["Approved", "approved"],
  ["Of them within seconds", "quick"],
  ["Denied", "denied"],
];

type UsualTableProps = { usual: Usual; name: string; detector: Detector };

/** What is usual for the person and their team: a finding says little without it. */
export function UsualTable({ usual, name, detector }: UsualTableProps) {
  const { figures, peers, days } = usual;
  const rows = detector === "quick_approval" ? ofApprovers : ofAgents;
  return (
    <Card
      flush
      id="usual"
      title="What is usual"
      aside={<span className="faint">the {days} days before it began</span>}
      footer={
        <span className="sm soft">
          {peers
            ? `The team: most of the ${peers.people} others lie in between; the middle one is in brackets.`
            : "The team is not shown: fewer than five others, so that it would name them."}{" "}
          That you looked is on record.
        </span>
      }
    >
      <Table caption={`What ${name} and the team usually do`} fold={false}>
        <thead>
          <tr>
            <Th>In {days} days</Th>
            <Th numeric>{givenName(name)}</Th>
            {peers && <Th numeric>The team</Th>}
          </tr>
        </thead>
        <tbody className="num">
          {rows.map(([label, of]) => (
            <tr key={of}>
              <td>{label}</td>
              <td className="n">
                <strong>{number(figures[of])}</strong>
              </td>
              {peers && (
                <td className="n">
                  {number(peers.of[of].low)}–{number(peers.of[of].high)}{" "}
                  <span className="faint">({number(peers.of[of].median)})</span>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
