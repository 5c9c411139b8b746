import { Time } from "#components/time.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { outWords } from "#lib/notices/choices.ts";
import type { Failure } from "#lib/notices/failures.ts";
import type { OutName } from "#lib/notices/queue.ts";

type Props = { rows: readonly Failure[]; now: Date; zone: string };

/** What did not arrive, and what becomes of it. */
export function FailuresTable({ rows, now, zone }: Props) {
  if (rows.length === 0)
    return (
      <Empty level="h3" kind="nothing" icon="check" title="Everything arrived">
        What a receiver does not take is tried again for a day. Then it stands here, and in the
        inbox of whom it was for.
      </Empty>
    );
  return (
    <Table caption="What did not arrive, newest first">
      <thead>
        <tr>
          <Th>For</Th>
          <Th>By</Th>
          <Th>Why not</Th>
          <Th>Now</Th>
          <Th>Since</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <RowHead className="wide">{row.person ?? row.place ?? "–"}</RowHead>
            <td>{isOut(row.channel) ? outWords[row.channel] : row.channel}</td>
            <td className="to-end">{row.fault}</td>
            <td>
              {row.status === "waiting" ? (
                <>
                  tried {row.tries === 1 ? "once" : `${row.tries} times`}, again at{" "}
                  <Time at={row.nextAt} now={now} zone={zone} style="clock" />
                </>
              ) : (
                <Mark icon="ban">{row.status === "failed" ? "Given up" : "Not sent"}</Mark>
              )}
            </td>
            <td className="to-end">
              <Time at={row.at} now={now} zone={zone} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const isOut = (name: string): name is OutName => name in outWords;
