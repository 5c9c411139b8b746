"use client";
import { useActionState } from "react";
import { Pick } from "#components/ui/choices.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Choices } from "#components/ui/field.tsx";
import { AreaField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import { typed, typedList, untried } from "#lib/platform/form-state.ts";
import { decideMany } from "./actions.ts";

type BulkRow = {
  id: string;
  number: number;
  name: string;
  role: string;
  team: string;
  /** Null: not in the period, nor before. */
  lastUsed: string | null;
  right: string;
};
type BulkFormProps = {
  slug: string;
  rows: readonly BulkRow[];
  /** Decisions within a minute of which compliance is told. */
  rushed: number;
};

/** Several that are not privileged, by one sentence. A decision is written for each, and says that it was made so. */
export function BulkForm({ slug, rows, rushed }: BulkFormProps) {
  const [state, send] = useActionState(decideMany, untried);
  const refused = state.ok === false ? state.error : null;
  const chosen = typedList(state, "items", []);
  return (
    <form action={send} className="stack" noValidate>
      {refused?.fields && <ErrorSummary error={refused} />}
      <Refused state={state} />
      <Choices name="items" label="Which" error={refused?.fields?.items}>
        <Table caption="Yours to decide, not privileged" className="bulk">
          <thead>
            <tr>
              <Th hidden>Choose</Th>
              <Th numeric>Item</Th>
              <Th>Who</Th>
              <Th>Right</Th>
              <Th>Last used</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <input
                    type="checkbox"
                    name="items"
                    id={`item-${row.number}`}
                    value={row.id}
                    aria-label={`${row.name}, ${row.role}`}
                    defaultChecked={chosen.includes(row.id)}
                  />
                </td>
                <td className="n hide">
                  <a className="cell" href={`/reviews/${slug}/items/${row.number}`}>
                    {row.number}
                  </a>
                </td>
                <td className="wide">
                  <span className="who">
                    <label htmlFor={`item-${row.number}`} className="name">
                      {row.name}
                    </label>
                    <small>{row.team}</small>
                  </span>
                </td>
                <td>{row.right}</td>
                <td className="nowrap">
                  {row.lastUsed === null ? (
                    <span className="faint">Not used</span>
                  ) : (
                    <>
                      <span className="folded faint">used </span>
                      {row.lastUsed}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Choices>
      <Choices name="decision" label="Decision for all of them" error={refused?.fields?.decision}>
        <Pick
          name="decision"
          chosen={typed(state, "decision")}
          options={[
            { value: "keep", label: "Keep", means: "All as it is until the next review." },
            {
              value: "revoke",
              label: "Revoke",
              means: "Taken at once from each. We then try the access and record the refusals.",
            },
          ]}
        />
      </Choices>
      <AreaField
        state={state}
        name="justification"
        label="Justification"
        atLeast={10}
        atMost={1000}
      />
      <p className="sm soft">
        Each decision says that it was made with others at once. Compliance is told of {rushed} or
        more within a minute.
      </p>
      <div className="row">
        <SubmitButton variant="primary" size="large">
          Decide them
        </SubmitButton>
      </div>
    </form>
  );
}
