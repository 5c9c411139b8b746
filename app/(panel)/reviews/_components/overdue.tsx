import { Card } from "#components/ui/card.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import { type LateTask, type Overdue as OverdueRow, overdueShown } from "#lib/reviews/overdue.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { reviewPath } from "../address.ts";
import { Day } from "./day.tsx";

type OverdueProps = {
  id: string;
  title: string;
  /** What the second column says. */
  what: string;
  rows: readonly (OverdueRow & Partial<Pick<LateTask, "done">>)[];
  now: Date;
  /** What the last column says, and what of each row, where it is not that its day is over. */
  day?: string;
  mark?: string;
  /** Whether the items are the reader's to open. */
  linked?: boolean;
};

/** What should have come to an end after a review and did not; nothing where there is none. */
export function Overdue({ id, title, what, rows, now, linked = true, ...more }: OverdueProps) {
  const { day = "Was until", mark = "Late" } = more;
  if (rows.length === 0) return null;
  return (
    <Card
      flush
      id={id}
      title={title}
      footer={rows.length > overdueShown && `The ${overdueShown} that wait for longest.`}
    >
      <Table caption={title} twoLines>
        <thead>
          <tr>
            <Th>Whose right</Th>
            <Th>{what}</Th>
            <Th>Who answers for it</Th>
            <Th>{day}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, overdueShown).map((row) => (
            <tr key={row.id}>
              <td className="wide">
                <span className="who">
                  {linked ? (
                    <PlainLink
                      className="cell"
                      href={`${reviewPath(row.slug)}/items/${row.number}`}
                    >
                      {row.name}
                    </PlainLink>
                  ) : (
                    <span className="name">{row.name}</span>
                  )}
                  <small>{roleWords[row.role].name}</small>
                </span>
              </td>
              <td className="wide soft">{row.what}</td>
              <td>{row.ownerName}</td>
              <td className="nowrap">
                <span className="who">
                  <span>
                    <span className="folded faint">{day.toLowerCase()} </span>
                    <Day day={row.until} now={now} />
                  </span>
                  <small>
                    <Mark icon="clock" tone="problem">
                      {row.done ? "Done, to be looked at" : mark}
                    </Mark>
                  </small>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
