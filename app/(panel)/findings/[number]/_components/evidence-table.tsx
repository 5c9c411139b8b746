import { Time } from "#components/time.tsx";
import { cityOf } from "#components/time-words.ts";
import { Icon } from "#components/ui/icon.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { Item } from "#lib/findings/evidence.ts";
import type { FindingView } from "#lib/findings/read-finding.ts";
import { requestNumber, sessionNumber } from "#lib/kernel/ids.ts";

const most = 100;

/** What a finding is about, each line with the way to what is on record of it. */
export function EvidenceTable({ finding, zone }: { finding: FindingView; zone: string }) {
  const { items } = finding.evidence;
  const city = cityOf(zone);
  const agents = items.some(({ agent }) => agent !== null);
  const counts = items.some(({ count }) => count > 1);
  return (
    <Table caption="What the finding is about" className="evidence">
      <thead>
        <tr>
          <Th>When ({city})</Th>
          {agents && <Th>Asked by</Th>}
          <Th>As whom</Th>
          <Th>What about it</Th>
          {counts && <Th numeric>How many</Th>}
          <Th>On record</Th>
        </tr>
      </thead>
      <tbody>
        {items.slice(0, most).map((item) => (
          <tr key={item.id}>
            <td>
              <Time at={new Date(item.at)} now={finding.at} zone={zone} style="dated" />
            </td>
            {agents && <td>{item.agent}</td>}
            <td className="wide">
              {item.subject ? (
                <span className="who">
                  <span className="name">{item.subject}</span>
                  <small>{item.account}</small>
                </span>
              ) : (
                <span className="faint">Nobody</span>
              )}
            </td>
            <td className="wide about soft">
              {item.explained ? (
                <span className="faint">
                  <Icon name="check" /> An open ticket was assigned
                  {item.note && `; ${item.note}`}
                </span>
              ) : (
                (item.note ?? "No open ticket was assigned")
              )}
            </td>
            {counts && (
              <td className="n wide">
                <span className="folded faint">how many </span>
                {item.count}
              </td>
            )}
            <td>
              <OnRecord item={item} />
            </td>
          </tr>
        ))}
        {items.length > most && (
          <tr>
            <td colSpan={4 + Number(agents) + Number(counts)} className="wide faint">
              And {items.length - most} more.
            </td>
          </tr>
        )}
      </tbody>
    </Table>
  );
}

function OnRecord({ item }: { item: Item }) {
  switch (item.of) {
    case "session":
      return (
        <span className="row tight fix">
          <PlainLink href={`/sessions/${item.id}`} className="mono">
            {item.number === null ? "Session" : sessionNumber(item.number)}
          </PlainLink>
          <PlainLink href={`/audit?session=${item.id}`} className="xs faint">
            audit
          </PlainLink>
        </span>
      );
    case "request":
      return (
        <span className="row tight fix">
          <PlainLink href={`/requests/${item.id}`} className="mono">
            {item.number === null ? "Request" : requestNumber(item.number)}
          </PlainLink>
          <PlainLink href={`/audit?request=${item.id}`} className="xs faint">
            audit
          </PlainLink>
        </span>
      );
    case "entry":
      return (
        <PlainLink
          href={`/audit?open=${item.id}&from=${item.at.slice(0, 10)}&to=${item.at.slice(0, 10)}`}
        >
          Entry
        </PlainLink>
      );
  }
}
