import { Card } from "#components/ui/card.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { ExposedAccount } from "#lib/evidence/exposure.ts";
import { number } from "../../audit/exports/words.ts";

type AccountsProps = { accounts: readonly ExposedAccount[]; all: number };

/** The customers whose users were reached: each is to be told. */
export function Accounts({ accounts, all }: AccountsProps) {
  const rest = all - accounts.length;
  return (
    <Card
      title="Accounts"
      id="accounts"
      flush
      footer={
        rest > 0 && (
          <span className="sm soft">
            {`These are the ${accounts.length} with most people. The export names all ${number(all)}.`}
          </span>
        )
      }
    >
      <Table caption="Accounts, most people first">
        <thead>
          <tr>
            <Th>Account</Th>
            <Th>People</Th>
            <Th>Sessions</Th>
            <Th>Writes</Th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((row) => (
            <tr key={row.id}>
              <td className="wide">
                {row.name} <span className="faint">{row.tier}</span>
              </td>
              <td className="num">
                {number(row.subjects)} <span className="unit">people</span>
              </td>
              <td className="num">
                {number(row.sessions)} <span className="unit">sessions</span>
                {row.acting > 0 && <span className="faint">, {row.acting} acting</span>}
              </td>
              <td className="num">
                {number(row.writes)} <span className="unit">writes</span>
                {row.exports > 0 && <span className="faint">, {row.exports} exports</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
