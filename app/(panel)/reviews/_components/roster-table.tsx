import { number } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { Listed } from "#lib/reviews/campaigns.ts";

type RosterTableProps = {
  id: string;
  title: string;
  empty: string;
  rows: readonly Listed[];
  /** How many there are in all. */
  of: number;
};

/** People whom only one side knows, or of whom the two say different things. */
export function RosterTable({ id, title, empty, rows, of }: RosterTableProps) {
  return (
    <Card
      flush={rows.length > 0}
      id={id}
      title={title}
      aside={<span className="count">{number(of)}</span>}
      footer={
        of > rows.length && (
          <span className="sm faint">
            The first {rows.length} of {number(of)}.
          </span>
        )
      }
    >
      {rows.length === 0 ? (
        <p className="sm soft">{empty}</p>
      ) : (
        <Table caption={title}>
          <thead>
            <tr>
              <Th>Name</Th>
              <Th>E-mail</Th>
              <Th>Status</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ email, name, status }) => (
              <tr key={email}>
                <td>{name || <span className="faint">–</span>}</td>
                <td className="wide wrap-anywhere">{email}</td>
                <td>{status ?? <span className="faint">–</span>}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
