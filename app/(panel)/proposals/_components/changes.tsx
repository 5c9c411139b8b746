import { Mark } from "#components/ui/mark.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import type { Change } from "../_kinds/kind.ts";

const Value = ({ children }: { children: string }) =>
  children === "" ? <span className="faint">nothing</span> : children;

/** Before and after, side by side; below each other where it is narrow. */
export function Changes({ changes, caption }: { changes: readonly Change[]; caption: string }) {
  return (
    <Table caption={caption} className="ruled changes">
      <thead>
        <tr>
          <Th>What</Th>
          <Th>Before</Th>
          <Th>After</Th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ what, before, after, isLooser }) => (
          <tr key={`${what} ${before} ${after}`}>
            <td className="wide">
              <span className="row tight">
                {what}
                {isLooser && (
                  <Mark icon="two" tone="accent">
                    Looser
                  </Mark>
                )}
              </span>
            </td>
            <td className="wide soft">
              <span className="side xs faint">before </span>
              <Value>{before}</Value>
            </td>
            <td className="wide">
              <span className="side xs faint">after </span>
              <strong className="font-medium">
                <Value>{after}</Value>
              </strong>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
