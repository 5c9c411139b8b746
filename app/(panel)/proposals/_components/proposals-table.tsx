import { RowKeys } from "#components/keys/row-keys.tsx";
import { Time } from "#components/time.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { proposalNumber } from "#lib/kernel/ids.ts";
import type { Proposal } from "#lib/proposals/queries.ts";
import { statusAt } from "#lib/proposals/rules.ts";
import { kinds } from "../_kinds/kinds.ts";
import { proposalPath } from "../address.ts";
import { ProposalMark } from "./status.tsx";

type ProposalsTableProps = {
  rows: readonly (Proposal & { mine?: boolean })[];
  waiting: boolean;
  now: Date;
  zone: string;
};

export function ProposalsTable({ rows, waiting, now, zone }: ProposalsTableProps) {
  return (
    <RowKeys>
      <Table
        twoLines
        className="top"
        caption={waiting ? "What waits, oldest first" : "What was decided, newest first"}
      >
        <thead>
          <tr>
            <Th>What</Th>
            <Th>Before → after</Th>
            <Th>Proposed</Th>
            <Th>{waiting ? "Until" : "What became of it"}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <RowHead className="wide">
                <span className="who">
                  <PlainLink className="cell" href={proposalPath(row.number)} data-row>
                    {kinds[row.kind].title(row)}
                  </PlainLink>
                  <small>
                    {kinds[row.kind].name}{" "}
                    <span className="mono">{proposalNumber(row.number)}</span>
                  </small>
                </span>
              </RowHead>
              <td className="wide">
                <Summary row={row} />
              </td>
              <td className="nowrap">
                <span className="who">
                  <span>{row.proposedByName}</span>
                  <small>
                    <Time at={row.proposedAt} now={now} zone={zone} />
                  </small>
                </span>
              </td>
              <td className="to-end">
                {waiting ? (
                  <span className="who">
                    <Time at={row.lapsesAt} now={now} zone={zone} style="dated" />
                    <small>
                      {row.mine ? (
                        <Mark icon="two" tone="accent">
                          For you
                        </Mark>
                      ) : row.isOwn ? (
                        "Yours: somebody else decides"
                      ) : (
                        "Somebody else decides"
                      )}
                    </small>
                  </span>
                ) : (
                  <span className="who">
                    <span>
                      <ProposalMark status={statusAt(row, now)} />
                    </span>
                    {row.decidedByName && <small>by {row.decidedByName}</small>}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </RowKeys>
  );
}

/** The first two differences, and how many more there are. */
function Summary({ row }: { row: Proposal }) {
  const changes = kinds[row.kind].changes(row);
  return (
    <span className="stack none sm wrap-anywhere">
      {changes.slice(0, 2).map(({ what, before, after }) => (
        <span key={`${what} ${after}`}>
          <span className="soft">{what}:</span> {before || "nothing"} → {after || "nothing"}
        </span>
      ))}
      {changes.length > 2 && <span className="faint">and {changes.length - 2} more</span>}
    </span>
  );
}
