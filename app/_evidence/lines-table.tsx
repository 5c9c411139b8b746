import { RowKeys } from "#components/keys/row-keys.tsx";
import { Sentence } from "#components/sentence.tsx";
import { absolute, cityOf } from "#components/time-words.ts";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import type { Line } from "#lib/evidence/controls/queries.ts";

type LinesTableProps = {
  caption: string;
  lines: readonly Line[];
  /** In whose days the period was asked for. */
  zone: string;
  hrefOf: (line: Line) => string;
  /** Where the entry of a line is read; left out where the line's own page shows it. */
  entryOf?: (line: Line) => string | null;
};

/** Lines of a population, each the way to its evidence. */
export function LinesTable({ caption, lines, zone, hrefOf, entryOf }: LinesTableProps) {
  return (
    <RowKeys>
      <Table caption={caption} className={entryOf ? "lines linked" : "lines"}>
        <thead>
          <tr>
            <Th>When ({cityOf(zone)})</Th>
            <Th>Who</Th>
            <Th>What</Th>
            <Th>Exception</Th>
            {entryOf && <Th>On record</Th>}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const entry = entryOf?.(line);
            return (
              <tr key={line.id}>
                <td className="nowrap">
                  <PlainLink className="cell" href={hrefOf(line)} data-row>
                    <time dateTime={line.at.toISOString()} title={line.at.toISOString()}>
                      {absolute(line.at, zone)}
                    </time>
                    <span className="vh">, {line.who}</span>
                  </PlainLink>
                </td>
                <RowHead className="who-cell to-end">{line.who}</RowHead>
                <td className="wide wrap-anywhere">
                  <Sentence text={line.what} />
                </td>
                <td className={line.exception ? "wide" : "hide"}>
                  {line.exception ? (
                    <Mark tone="problem" icon="flag">
                      {line.exception}
                    </Mark>
                  ) : (
                    <span className="faint">none</span>
                  )}
                </td>
                {entryOf && (
                  <td>
                    {entry ? (
                      <PlainLink href={entry} aria-label={`Entry of ${line.what}`}>
                        Entry
                      </PlainLink>
                    ) : (
                      <span className="faint">set up by the owner</span>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </Table>
    </RowKeys>
  );
}
