import { number } from "#components/time-words.ts";
import { Mark } from "#components/ui/mark.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { controls } from "#lib/evidence/controls/controls.ts";
import type { Count } from "#lib/evidence/controls/queries.ts";

type ControlsTableProps = {
  counts: readonly Count[];
  /** The page of one control. */
  hrefOf: (control: Count["control"], only?: "exceptions") => string;
};

/** The controls with how many lines stand behind each, and how many of them are exceptions. */
export function ControlsTable({ counts, hrefOf }: ControlsTableProps) {
  return (
    <Table caption="Controls of the period" className="controls">
      <thead>
        <tr>
          <Th>Control</Th>
          <Th>Population</Th>
          <Th numeric>Lines</Th>
          <Th numeric>Exceptions</Th>
        </tr>
      </thead>
      <tbody>
        {counts.map(({ control, count, exceptions }) => {
          const { title, query, iso } = controls[control];
          return (
            <tr key={control}>
              <RowHead className="wide">
                <PlainLink className="cell" href={hrefOf(control)} data-row>
                  {control} {title}
                </PlainLink>
                <small className="faint block">ISO 27001 {iso.join(", ")}</small>
              </RowHead>
              <td className="wide soft">{query}</td>
              <td className="n">
                {number(count)}
                <span className="folded"> {count === 1 ? "line" : "lines"}</span>
              </td>
              <td className="n">
                {exceptions > 0 ? (
                  <PlainLink href={hrefOf(control, "exceptions")}>
                    <Mark tone="problem" icon="flag">
                      {number(exceptions)} to explain
                    </Mark>
                  </PlainLink>
                ) : (
                  <>
                    0<span className="folded"> exceptions</span>
                  </>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
