"use client";
import { useActionState } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/input.tsx";
import { AreaField } from "#components/ui/kept-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { errorOf, typed, untried } from "#lib/platform/form-state.ts";
import type { Role } from "#lib/vocabulary.ts";
import { handItemsOn } from "../actions.ts";
import { RefusedNote } from "./refused.tsx";

type HandOnFormProps = {
  campaignId: string;
  from: string | undefined;
  number: number | undefined;
  choices: readonly { id: string; name: string; team: string; role: Role }[];
  back: string;
};

/** To whom, and why. Works without script. */
export function HandOnForm({ campaignId, from, number, choices, back }: HandOnFormProps) {
  const [state, send] = useActionState(handItemsOn, untried);
  const groups = [
    ["manager", "Managers"],
    ["compliance", "Compliance, who cannot close the review then"],
  ] as const;
  return (
    <form action={send} className="stack" noValidate>
      <RefusedNote state={state} />
      <input type="hidden" name="campaignId" value={campaignId} />
      {from && <input type="hidden" name="from" value={from} />}
      {number !== undefined && <input type="hidden" name="number" value={number} />}
      <Field
        name="to"
        label="To whom"
        hint="Nobody gets their own access, what they gave, or that of who they report to."
        error={errorOf(state, "to")}
      >
        {(wiring) => (
          <Select {...wiring} defaultValue={typed(state, "to")}>
            <option value="">Choose…</option>
            {groups.map(([role, label]) => (
              <optgroup key={role} label={label}>
                {choices
                  .filter((one) => one.role === role)
                  .map(({ id, name, team }) => (
                    <option key={id} value={id}>
                      {name}, {team}
                    </option>
                  ))}
              </optgroup>
            ))}
          </Select>
        )}
      </Field>
      <AreaField state={state} name="reason" label="Why" atLeast={10} atMost={500} />
      <div className="row">
        <SubmitButton size="large" variant="primary">
          Hand on
        </SubmitButton>
        <ButtonLink size="large" variant="quiet" href={back}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
