"use client";
import { useActionState } from "react";
import { AreaField, InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { makeException } from "../../actions.ts";

type ExceptFormProps = { itemId: string; days: number };

/** Compliance lets it stay as it is for a time, on somebody's account. */
export function ExceptForm({ itemId, days }: ExceptFormProps) {
  const [state, send] = useActionState(makeException, untried);
  const refused = state.ok === false ? state.error : null;
  return (
    <details className="more" open={refused !== null}>
      <summary className="btn">Make an exception…</summary>
      <form action={send} className="stack" noValidate>
        <Refused state={state} />
        <input type="hidden" name="itemId" value={itemId} />
        <InputField
          state={state}
          small
          name="ownerEmail"
          id="except-ownerEmail"
          label="Who answers for it, by e-mail"
          type="email"
        />
        <InputField
          state={state}
          small
          name="expiresOn"
          id="except-expiresOn"
          label="Until"
          hint={`At most ${days} days from today.`}
          type="date"
        />
        <AreaField state={state} small name="reason" id="except-reason" label="Why" />
        <div className="row">
          <SubmitButton>Make the exception</SubmitButton>
        </div>
      </form>
    </details>
  );
}
