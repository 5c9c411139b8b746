"use client";
import { useActionState } from "react";
import { Pick } from "#components/ui/choices.tsx";
import { Choices } from "#components/ui/field.tsx";
import { AreaField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { typed, untried } from "#lib/platform/form-state.ts";
import { lookAgain } from "../../actions.ts";

/** Somebody other than the owner has looked, and says what they saw. */
export function CheckForm({ taskId }: { taskId: string }) {
  const [state, send] = useActionState(lookAgain, untried);
  const refused = state.ok === false ? state.error : null;
  return (
    <form action={send} className="stack" noValidate>
      <Refused state={state} />
      <input type="hidden" name="taskId" value={taskId} />
      <Choices
        small
        name="result"
        id={`result-${taskId}`}
        label="You looked again: is it gone?"
        error={refused?.fields?.result}
      >
        <Pick
          name="result"
          chosen={typed(state, "result")}
          options={[
            { value: "refused", label: "Gone" },
            { value: "still_possible", label: "Still there" },
          ]}
        />
      </Choices>
      <AreaField
        state={state}
        small
        name="how"
        id={`how-${taskId}`}
        label="How you looked, and what you saw"
      />
      <div className="row">
        <SubmitButton>Record it</SubmitButton>
      </div>
    </form>
  );
}
