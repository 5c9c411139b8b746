import { durationInMinutes, number, percent } from "#components/time-words.ts";
import { Table, Th } from "#components/ui/table.tsx";
import { approvalsTitle } from "../../_plots/approvals.ts";
import type { Kept } from "../../_plots/kept-plots.ts";

/** Who decided most comes first, without a name. */
export function ApprovalsTable({ figures: { approvers } }: Pick<Kept, "figures">) {
  if (approvers.length === 0) return null;
  return (
    <Table caption={approvalsTitle} fold={false}>
      <thead>
        <tr>
          <Th>Approver</Th>
          <Th numeric>Decided</Th>
          <Th numeric>Denied</Th>
          <Th numeric>Quick</Th>
          <Th numeric>Decides in</Th>
        </tr>
      </thead>
      <tbody className="num">
        {approvers.map(({ approved, denied, quick, seconds }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no names, only their place
          <tr key={i}>
            <th scope="row">{i + 1}</th>
            <td className="n">{number(approved + denied)}</td>
            <td className="n">{percent(denied, approved + denied)}</td>
            <td className="n">{number(quick)}</td>
            <td className="n nowrap">{durationInMinutes(seconds)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
