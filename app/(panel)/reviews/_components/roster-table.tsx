import { number } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import { type Compared, comparedShown } from "#lib/reviews/compared.ts";

type RosterTableProps = {
  id: string;
  title: string;
  empty: string;
  rows: Compared["differ"];
  /** After how many it begins. */
  from: number;
  /** How many there are in all. */
  of: number;
  /** The address with the list begun after so many. */
  place: (from: number) => string;
};

/** People whom only one side knows, or of whom the two say different things. */
export function RosterTable({ id, title, empty, rows, from, of, place }: RosterTableProps) {
  return (
    <Card
      flush={rows.length > 0}
      id={id}
      title={title}
      aside={<span className="count">{number(of)}</span>}
      footer={
        of > rows.length && (
          <nav className="row between" aria-label={`Pages of ${title.toLowerCase()}`}>
            <span className="sm faint">
              {rows.length > 0 && `${number(from + 1)} to ${number(from + rows.length)} of `}
              {number(of)}
            </span>
            <span className="row tight">
              {from > 0 && (
                <ButtonLink href={place(Math.max(0, from - comparedShown))} icon="left">
                  Before
                </ButtonLink>
              )}
              {from + rows.length < of && (
                <ButtonLink href={place(from + comparedShown)} iconAfter="right">
                  Further
                </ButtonLink>
              )}
            </span>
          </nav>
        )
      }
    >
      {rows.length === 0 ? (
        <p className="sm soft">{of === 0 ? empty : "The list is not that long."}</p>
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
