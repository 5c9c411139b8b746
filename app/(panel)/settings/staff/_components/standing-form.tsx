"use client";
import { useActionState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { typed, untried } from "#lib/platform/form-state.ts";
import { restorePerson, withdrawPerson } from "../actions.ts";

type StandingFormProps = { staffId: string; given: string; active: boolean };

/** Deactivates, or lets in again, with the reason. */
export function StandingForm({ staffId, given, active }: StandingFormProps) {
  const [state, send] = useActionState(active ? withdrawPerson : restorePerson, untried);
  const refused = state.ok === false ? state.error : null;
  return (
    <form action={send} className="stack" noValidate>
      {refused && !refused.fields && <Note tone="problem" role="alert" title={refused.message} />}
      <input type="hidden" name="staffId" value={staffId} />
      <Field
        small
        name="reason"
        label={active ? `Why is ${given} deactivated?` : `Why is ${given} let in again?`}
        error={refused?.fields?.reason}
        after={
          active
            ? "Signed out everywhere and out of any customer’s account, at once. What they did stays on record."
            : "With the roles that they hold. They have to sign in anew."
        }
      >
        {(wiring) => <Input {...wiring} maxLength={500} defaultValue={typed(state, "reason")} />}
      </Field>
      <div className="row">
        <SubmitButton variant={active ? "ink" : "plain"} icon={active ? "stop" : "check"}>
          {active ? "Deactivate" : "Let in again"}
        </SubmitButton>
      </div>
    </form>
  );
}
