import { RowKeys } from "#components/keys/row-keys.tsx";
import { StaffDisc, Who } from "#components/people.tsx";
import { Sentence } from "#components/sentence.tsx";
import { Time } from "#components/time.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import type { FindingRow } from "#lib/findings/list.ts";
import { findingNumber } from "#lib/kernel/ids.ts";
import { detectorWords } from "#lib/vocabulary-labels.ts";
import { findingPath } from "../address.ts";
import { Due, StatusMark } from "./marks.tsx";

type FindingsTableProps = {
  rows: readonly FindingRow[];
  now: Date;
  zone: string;
  /** Open ones are by deadline; the others newest first. */
  open: boolean;
};

export function FindingsTable({ rows, now, zone, open }: FindingsTableProps) {
  return (
    <RowKeys>
      <Table
        twoLines
        caption={open ? "Open findings by deadline" : "Findings disposed of, newest first"}
        className="findings"
      >
        <thead>
          <tr>
            <Th>Pattern</Th>
            <Th>Whom</Th>
            <Th>What happened</Th>
            {open ? (
              <>
                <Th>With</Th>
                <Th sorted="ascending">
                  Due <Icon name="down" />
                </Th>
              </>
            ) : (
              <>
                <Th>What it was</Th>
                <Th sorted="descending">
                  Last <Icon name="down" />
                </Th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <RowHead className="wide pattern">
                <span className="who">
                  <PlainLink className="cell" href={findingPath(row.number)} data-row>
                    {detectorWords[row.detector]}
                  </PlainLink>
                  <small className="mono">{findingNumber(row.number)}</small>
                </span>
              </RowHead>
              <td className="wide">
                <Who
                  disc={<StaffDisc name={row.actor.name} size="small" />}
                  name={row.actor.name}
                  second={row.actor.team}
                />
              </td>
              <td className="wide what soft">
                <Sentence text={row.explanation} />
                {row.answeredAt && open && (
                  <>
                    {" "}
                    <Mark icon="check">Answered</Mark>
                  </>
                )}
              </td>
              {open ? (
                <>
                  <td>{row.keeper ?? <span className="faint">Compliance</span>}</td>
                  <td className="nowrap">
                    <Due at={row.dueAt} now={now} zone={zone} />
                  </td>
                </>
              ) : (
                <>
                  <td>
                    <span className="who">
                      <span>
                        <StatusMark status={row.status} />
                      </span>
                      <small className="clamp">by {row.disposedBy}</small>
                    </span>
                  </td>
                  <td className="nowrap">
                    <Time at={row.lastAt} now={now} zone={zone} style="day" />
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
    </RowKeys>
  );
}
