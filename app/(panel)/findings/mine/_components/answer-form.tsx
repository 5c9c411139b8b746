"use client";
import { useActionState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { type FormState, typed, untried } from "#lib/platform/form-state.ts";
import { answerFinding } from "../../actions.ts";

type AnswerFormProps = { findingId: string; label: string };

/** The actor's own words, once. */
export function AnswerForm({ findingId, label }: AnswerFormProps) {
  const [state, send] = useActionState<FormState<{ number: number }>, FormData>(
    answerFinding,
    untried,
  );
  const refused = state.ok === false ? state.error : null;
  return (
    <form action={send} className="stack s" noValidate>
      <input type="hidden" name="findingId" value={findingId} />
      {refused && !refused.fields && (
        <Note tone="problem" role="alert" title={refused.message}>
          What you typed is kept.
        </Note>
      )}
      <Field
        small
        id={`answer-${findingId}`}
        name="answer"
        label={label}
        hint="Your manager and compliance read it. You answer once."
        error={refused?.fields?.answer}
      >
        {(wiring) => (
          <TextArea
            {...wiring}
            atLeast={10}
            atMost={2000}
            className="min-h-20"
            defaultValue={typed(state, "answer")}
          />
        )}
      </Field>
      <div className="row">
        <SubmitButton>Send the answer</SubmitButton>
      </div>
    </form>
  );
}
