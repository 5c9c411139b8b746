"use client";
import { useActionState } from "react";
import { AreaField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { answerFinding } from "../../actions.ts";

type AnswerFormProps = { findingId: string; label: string };

/** The actor's own words, once. */
export function AnswerForm({ findingId, label }: AnswerFormProps) {
  const [state, send] = useActionState<FormState<{ number: number }>, FormData>(
    answerFinding,
    untried,
  );
  return (
    <form action={send} className="stack s" noValidate>
      <input type="hidden" name="findingId" value={findingId} />
      <Refused state={state}>What you typed is kept.</Refused>
      <AreaField
        state={state}
        small
        id={`answer-${findingId}`}
        name="answer"
        label={label}
        hint="Your manager and compliance read it. You answer once."
        atLeast={10}
        atMost={2000}
        className="min-h-20"
      />
      <div className="row">
        <SubmitButton>Send the answer</SubmitButton>
      </div>
    </form>
  );
}
