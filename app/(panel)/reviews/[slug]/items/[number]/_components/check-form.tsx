"use client";
import { useActionState } from "react";
import { Pick } from "#components/ui/choices.tsx";
import { Choices, Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { typed, untried } from "#lib/platform/form-state.ts";
import { lookAgain } from "../../actions.ts";

/** Somebody other than the owner has looked, and says what they saw. */
export function CheckForm({ taskId }: { taskId: string }) {
  const [state, send] = useActionState(lookAgain, untried);
  const refused = state.ok === false ? state.error : null;
  return (
    <form action={send} className="stack" noValidate>
      {refused && !refused.fields && <Note tone="problem" role="alert" title={refused.message} />}
      <input type="hidden" name="taskId" value={taskId} />
      <Choices
        small
        name="result"
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
      <Field
        small
        name="how"
        id={`how-${taskId}`}
        label="How you looked, and what you saw"
        error={refused?.fields?.how}
      >
        {(wiring) => <TextArea {...wiring} defaultValue={typed(state, "how")} />}
      </Field>
      <div className="row">
        <SubmitButton>Record it</SubmitButton>
      </div>
    </form>
  );
}
