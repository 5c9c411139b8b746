"use client";
import { useActionState } from "react";
import { AreaField, InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { giveOn } from "../../actions.ts";

/** A task goes to somebody else, until another day. */
export function GiveTaskOnForm({ taskId }: { taskId: string }) {
  const [state, send] = useActionState(giveOn, untried);
  const refused = state.ok === false ? state.error : null;
  return (
    <details className="more" open={refused !== null}>
      <summary className="btn">Give it to somebody else…</summary>
      <form action={send} className="stack" noValidate>
        <Refused state={state} />
        <input type="hidden" name="taskId" value={taskId} />
        <InputField
          state={state}
          small
          name="ownerEmail"
          id={`give-ownerEmail-${taskId}`}
          label="Who does it instead, by e-mail"
          type="email"
        />
        <InputField
          state={state}
          small
          name="dueOn"
          id={`give-dueOn-${taskId}`}
          label="Until"
          type="date"
        />
        <AreaField
          state={state}
          small
          name="reason"
          id={`give-reason-${taskId}`}
          label="Why"
          hint="Who had it before stays on record."
        />
        <div className="row">
          <SubmitButton>Give it on</SubmitButton>
        </div>
      </form>
    </details>
  );
}
