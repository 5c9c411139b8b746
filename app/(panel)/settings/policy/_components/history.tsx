import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { proposalNumber } from "#lib/kernel/ids.ts";
import type { PolicyVersion, VersionState } from "#lib/policy/versions.ts";

const states: Record<VersionState, [icon: "check" | "clock" | "left" | "list", words: string]> = {
  in_force: ["check", "In force"],
  ahead: ["clock", "Lies ahead"],
  past: ["list", "Was in force"],
  withdrawn: ["left", "Withdrawn"],
};

type HistoryProps = {
  versions: readonly PolicyVersion[];
  older: string | null;
  now: Date;
  zone: string;
};

/** Every version: who, when, why, and what was different in it. */
export const History = ({ versions, older, now, zone }: HistoryProps) => (
  <Card id="versions" title="Versions" flush>
    <Table caption="Versions of the policy, newest first" className="versions top" twoLines>
      <thead>
        <tr>
          <Th>Version</Th>
          <Th>From</Th>
          <Th>By whom and why</Th>
          <Th>What was different</Th>
        </tr>
      </thead>
      <tbody>
        {versions.map((one) => (
          <tr key={one.version} id={`version-${one.version}`}>
            <RowHead className="wide">
              <span className="who">
                <span>Policy {one.version}</span>
                <small>
                  <Mark icon={states[one.state][0]}>{states[one.state][1]}</Mark>
                </small>
              </span>
            </RowHead>
            <td className="nowrap">
              <Time at={one.inForceFrom} now={now} zone={zone} />
            </td>
            <td className="wide">
              <Who version={one} />
            </td>
            <td className="wide sm">
              <Changes version={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
    {older && (
      <p className="p-3 sm">
        <PlainLink href={older}>Older versions</PlainLink>
      </p>
    )}
  </Card>
);

function Who({ version }: { version: PolicyVersion }) {
  const { changedBy, proposedBy, proposal, reason, withdrawnBy, withdrawnBecause } = version;
  return (
    <span className="stack none">
      <span>
        {proposedBy ? `${proposedBy}, accepted by ${changedBy}` : (changedBy ?? "Set-up")}
        {proposal && (
          <>
            {" "}
            <PlainLink className="mono" href={`/proposals/${proposalNumber(proposal)}`}>
              {proposalNumber(proposal)}
            </PlainLink>
          </>
        )}
      </span>
      {reason && <Quote>{reason}</Quote>}
      {withdrawnBy && (
        <span className="sm soft">
          Withdrawn by {withdrawnBy}: <Quote>{withdrawnBecause ?? ""}</Quote>
        </span>
      )}
    </span>
  );
}

function Changes({ version: { changes } }: { version: PolicyVersion }) {
  if (changes.length === 0) return <span className="faint">–</span>;
  const line = ({ what, before, after }: PolicyVersion["changes"][number]) => (
    <li key={`${what} ${before} ${after}`}>
      <span className="soft">{what}:</span> {before || "nothing"} → {after || "nothing"}
    </li>
  );
  return (
    <>
      <ul className="rules-said">{changes.slice(0, 4).map(line)}</ul>
      {changes.length > 4 && (
        <details className="more">
          <summary>And {changes.length - 4} more</summary>
          <ul className="rules-said">{changes.slice(4).map(line)}</ul>
        </details>
      )}
    </>
  );
}
