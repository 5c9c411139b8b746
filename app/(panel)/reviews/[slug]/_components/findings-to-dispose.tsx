import { Sentence } from "#components/sentence.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { ToDispose } from "#lib/reviews/findings-to-dispose.ts";
import { detectorWords } from "#lib/vocabulary-labels.ts";
import { Due } from "../../../findings/_components/marks.tsx";
import { findingPath, findingsAddress } from "../../../findings/address.ts";

type FindingsToDisposeProps = {
  found: ToDispose;
  period: { firstDay: string; lastDay: string };
  now: Date;
  zone: string;
};

/** Open findings of a review's period that this reader may see: the nearest deadlines, and the way to all. */
export function FindingsToDispose({ found, period, now, zone }: FindingsToDisposeProps) {
  const { rows, open, late } = found;
  const days = { from: period.firstDay, to: period.lastDay };
  return (
    <Card
      flush
      id="findings"
      title={
        <>
          Findings to dispose of <span className="count">{open}</span>
        </>
      }
      aside={
        <PlainLink href={findingsAddress({ ...days, status: "disposed" })}>
          Disposed of in the period
        </PlainLink>
      }
      footer={
        open > rows.length && (
          <PlainLink href={findingsAddress(days)}>
            All {open}
            {late > 0 && `, ${late} of them late`}
          </PlainLink>
        )
      }
    >
      {rows.length === 0 ? (
        <Empty kind="nothing" icon="flag" title="Nothing to dispose of" level="h3">
          No finding of this period that you may see is open.
        </Empty>
      ) : (
        <Table caption="Open findings by deadline" className="to-dispose">
          <thead>
            <tr>
              <Th>What happened</Th>
              <Th>Whom</Th>
              <Th>With</Th>
              <Th sorted="ascending">Due</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.number}>
                <td className="wide">
                  <PlainLink className="cell" href={findingPath(row.number)}>
                    {detectorWords[row.detector]}
                  </PlainLink>
                  <p className="soft">
                    <Sentence text={row.explanation} />
                  </p>
                </td>
                <td className="wide">{row.actor}</td>
                <td>
                  <span className="folded">with </span>
                  {row.keeper ?? <span className="faint">Compliance</span>}
                </td>
                <td className="nowrap">
                  <Due at={row.dueAt} now={now} zone={zone} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
