"use client";
import { useActionState } from "react";
import { AreaField, InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { setOutside } from "../../actions.ts";

/** Something is to be done elsewhere: by whom, until when. */
export function TaskForm({ itemId }: { itemId: string }) {
  const [state, send] = useActionState(setOutside, untried);
  const refused = state.ok === false ? state.error : null;
  return (
    <details className="more" open={refused !== null}>
      <summary className="btn">Set a task elsewhere…</summary>
      <form action={send} className="stack" noValidate>
        <Refused state={state} />
        <input type="hidden" name="itemId" value={itemId} />
        <AreaField
          state={state}
          small
          name="what"
          id="task-what"
          label="What, and where"
          hint="Such as: take them out of the group support-eu at the issuer."
        />
        <InputField
          state={state}
          small
          name="issuerGroup"
          id="task-issuerGroup"
          label="Which group of the issuer, if it is one"
          hint="The next roster that lists groups looks by it whether they are gone. Otherwise somebody looks by hand."
          maxLength={200}
        />
        <InputField
          state={state}
          small
          name="ownerEmail"
          id="task-ownerEmail"
          label="Who does it, by e-mail"
          type="email"
        />
        <InputField state={state} small name="dueOn" id="task-dueOn" label="Until" type="date" />
        <div className="row">
          <SubmitButton>Set the task</SubmitButton>
        </div>
      </form>
    </details>
  );
}
