import { ScopeMark } from "#components/marks.tsx";
import { Time } from "#components/time.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Table, Th, Tr } from "#components/ui/table.tsx";
import type { Right } from "#lib/reviews/item.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { sourceWords } from "../../words.ts";

type RightsProps = {
  name: string;
  rights: readonly Right[];
  number: number;
  now: Date;
  zone: string;
};

/** Every right of the period, the one of this item first among them marked. */
export function Rights({ name, rights, number, now, zone }: RightsProps) {
  return (
    <Table caption={`Rights of ${name} in the period`} className="rights">
      <thead>
        <tr>
          <Th>Right</Th>
          <Th>Granted</Th>
          <Th>By</Th>
          <Th>From</Th>
          <Th>Last used</Th>
        </tr>
      </thead>
      <tbody>
        {rights.map((right) => (
          <Tr
            key={right.id}
            on={rights.length > 1 && right.number === number}
            off={right.endedAt !== null}
          >
            <td className="wide">
              <span className="row tight">
                <strong>{roleWords[right.role].name}</strong>
                {right.scopes.includes("read") && <ScopeMark scope="read" />}
                {right.scopes.includes("write") && <ScopeMark scope="write" />}
                {right.endedAt && (
                  <Mark icon="x" tone="bare">
                    Ended <Time at={right.endedAt} now={now} zone={zone} style="day" />
                  </Mark>
                )}
                {rights.length > 1 && right.number === number && (
                  <span className="faint">this item</span>
                )}
              </span>
            </td>
            <td>
              <span className="folded faint">granted </span>
              <Time at={right.grantedAt} now={now} zone={zone} style="day" />
            </td>
            <td className="hide">{right.grantedByName ?? "Set-up"}</td>
            <td className="hide">{sourceWords[right.source]}</td>
            <td>
              {right.lastUsedAt ? (
                <>
                  <span className="folded faint">used </span>
                  <Time at={right.lastUsedAt} now={now} zone={zone} />
                </>
              ) : (
                <span className="faint">Not used</span>
              )}
            </td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
