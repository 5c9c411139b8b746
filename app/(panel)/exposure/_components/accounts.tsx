import { TierMark } from "#components/marks.tsx";
import { Card } from "#components/ui/card.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import type { ExposedAccount } from "#lib/evidence/exposure.ts";
import { number } from "../../audit/exports/words.ts";
import { Amount } from "./amount.tsx";

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
      <Table caption="Accounts, most people first" className="amounts">
        <thead>
          <tr>
            <Th>Account</Th>
            <Th numeric>People</Th>
            <Th numeric>Sessions</Th>
            <Th numeric>Writes</Th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((row) => (
            <tr key={row.id}>
              <RowHead className="wide">
                {row.name}{" "}
                <span className="faint">
                  <TierMark tier={row.tier} inline />
                </span>
              </RowHead>
              <td className="n num">
                <Amount n={row.subjects} one="person" many="people" />
              </td>
              <td className="n num">
                <Amount n={row.sessions} one="session" />
                {row.acting > 0 && <span className="faint">, {row.acting} acting</span>}
              </td>
              <td className="n num">
                <Amount n={row.writes} one="write" />
                {row.exports > 0 && (
                  <span className="faint">
                    , {row.exports} {row.exports === 1 ? "export" : "exports"}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
