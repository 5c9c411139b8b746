import { RowKeys } from "#components/keys/row-keys.tsx";
import { absolute } from "#components/time-words.ts";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import type { PackItem } from "#lib/evidence/pack/item.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";

type ItemsTableProps = { items: readonly PackItem[]; path: string; zone: string };

/** Items of a review with what was decided of each. */
export function ItemsTable({ items, path, zone }: ItemsTableProps) {
  return (
    <RowKeys>
      <Table caption="Items of the review">
        <thead>
          <tr>
            <Th numeric>No.</Th>
            <Th>Person</Th>
            <Th>Role</Th>
            <Th>Reviewer</Th>
            <Th>Decision</Th>
            <Th>Decided</Th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td className="n hide">{item.number}</td>
              <RowHead className="wide">
                <PlainLink className="cell" href={`${path}/items/${item.number}`} data-row>
                  {item.name}
                </PlainLink>
              </RowHead>
              <td>
                {roleWords[item.role].name}
                {item.privileged && <span className="faint">, privileged</span>}
              </td>
              <td className="hide">
                {item.reviewer?.name ?? <span className="faint">nobody</span>}
              </td>
              <td>
                <Outcome item={item} />
              </td>
              <td className="hide nowrap">
                {item.decision ? absolute(item.decision.at, zone) : "–"}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </RowKeys>
  );
}

const words = { keep: "Keep", change: "Change", revoke: "Revoke" } as const;

function Outcome({ item }: { item: PackItem }) {
  if (item.decision)
    return (
      <Mark icon={item.decision.decision === "keep" ? "check" : "ban"}>
        {words[item.decision.decision]}
        {item.remediation?.result === "refused" && ", proved"}
      </Mark>
    );
  if (item.exception) return <Mark icon="flag">Exception</Mark>;
  return item.endedAt ? <span className="faint">ended before</span> : <Mark>Undecided</Mark>;
}
