"use client";
import { useActionState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/input.tsx";
import { AreaField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { typed, untried } from "#lib/platform/form-state.ts";
import { handOnItem } from "../../actions.ts";

type HandOnFormProps = {
  campaignId: string;
  number: number;
  to: readonly { id: string; name: string; team: string }[];
};

/** Somebody else decides it: who, and why. */
export function HandOnForm({ campaignId, number, to }: HandOnFormProps) {
  const [state, send] = useActionState(handOnItem, untried);
  const refused = state.ok === false ? state.error : null;
  if (to.length === 0)
    return <p className="sm soft">Nobody else may decide it without a conflict.</p>;
  return (
    <details className="more" open={refused !== null}>
      <summary className="btn">Hand on…</summary>
      <form action={send} className="stack" noValidate>
        <Refused state={state} />
        <input type="hidden" name="campaignId" value={campaignId} />
        <input type="hidden" name="number" value={number} />
        <Field
          small
          name="to"
          id="hand-on-to"
          label="Who decides instead"
          error={refused?.fields?.to}
        >
          {(wiring) => (
            <Select {...wiring} defaultValue={typed(state, "to")}>
              <option value="">Choose…</option>
              {to.map(({ id, name, team }) => (
                <option key={id} value={id}>
                  {name}, {team}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <AreaField state={state} small name="reason" id="hand-on-reason" label="Why" />
        <div className="row">
          <SubmitButton>Hand it on</SubmitButton>
        </div>
      </form>
    </details>
  );
}
