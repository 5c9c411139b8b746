import { RowKeys } from "#components/keys/row-keys.tsx";
import { Time } from "#components/time.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { type ListedItem, stateOf } from "#lib/reviews/items.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { reviewPath } from "../address.ts";

type ItemsTableProps = {
  slug: string;
  rows: readonly ListedItem[];
  now: Date;
  zone: string;
  /** Whether the reader sees those of others too. */
  all: boolean;
};

/** Items in their order. */
export function ItemsTable({ slug, rows, now, zone, all }: ItemsTableProps) {
  return (
    <RowKeys>
      <Table twoLines caption="Items of the review" className="items">
        <thead>
          <tr>
            <Th numeric>Item</Th>
            <Th>Whose</Th>
            <Th>Right</Th>
            <Th>Last used</Th>
            <Th numeric>Sessions</Th>
            {all && <Th>Reviewer</Th>}
            <Th>State</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((item) => (
            <tr key={item.id}>
              <td className="n faint hide">{item.number}</td>
              <RowHead className="wide">
                <span className="who">
                  <PlainLink
                    className="cell"
                    href={`${reviewPath(slug)}/items/${item.number}`}
                    data-row
                  >
                    {item.name}
                  </PlainLink>
                  <small>
                    {[
                      item.team,
                      item.kind === "service" && "service account",
                      item.status === "deactivated" && "deactivated",
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </small>
                </span>
              </RowHead>
              <td>
                <span className="who">
                  <span>{roleWords[item.role].name}</span>
                  <small>
                    {item.role === "agent" && !item.scopes.includes("write")
                      ? "looking only"
                      : item.privileged
                        ? "privileged"
                        : "reads"}
                  </small>
                </span>
              </td>
              <td className="used nowrap">
                {item.lastUsedAt ? (
                  <>
                    <span className="folded faint">used </span>
                    <Time at={item.lastUsedAt} now={now} zone={zone} style="day" />
                  </>
                ) : (
                  <span className="faint">Not used</span>
                )}
              </td>
              <td className="n hide">
                {item.role === "agent" && item.sessions !== null ? (
                  item.sessions
                ) : (
                  <span className="faint">–</span>
                )}
                {item.openFindings !== null && item.openFindings > 0 && (
                  <span className="faint">
                    , {item.openFindings} {item.openFindings === 1 ? "finding" : "findings"}
                  </span>
                )}
              </td>
              {all && <td>{item.reviewer ?? <span className="text-problem">Nobody</span>}</td>}
              <td className={all ? "state" : undefined}>
                <StateMark item={item} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </RowKeys>
  );
}

function StateMark({ item }: { item: ListedItem }) {
  switch (stateOf(item)) {
    case "ended":
      return <Mark tone="bare">Ended before</Mark>;
    case "gone":
      return <Mark tone="bare">Taken meanwhile</Mark>;
    case "keep":
      return <Mark icon="check">Keep</Mark>;
    case "change":
      return <Mark icon="pen">{item.remediatedAt ? "Changed, proved" : "Change"}</Mark>;
    case "revoke":
      return (
        <Mark icon="ban" tone="ink">
          {item.remediatedAt ? "Revoked, proved" : "Revoke"}
        </Mark>
      );
    case "excepted":
      return <Mark icon="info">Excepted</Mark>;
    case "open":
      return item.late ? (
        <Mark icon="clock" tone="problem">
          Late
        </Mark>
      ) : (
        <Mark icon="half">Open</Mark>
      );
  }
}
