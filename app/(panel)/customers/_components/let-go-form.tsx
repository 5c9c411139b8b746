"use client";
import { useActionState } from "react";
import { AreaField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { letGo } from "../actions.ts";

/** Where nothing waits any more, since it was declined or nobody decided in time. */
export function LetGoForm({ subjectId, given }: { subjectId: string; given: string }) {
  const [state, send] = useActionState<FormState<{ id: string; number: number }>, FormData>(
    letGo,
    untried,
  );
  return (
    <details className="more" open={state.ok === false}>
      <summary>Treat {given} as they are now…</summary>
      <form action={send} className="stack s pt-3" noValidate>
        <Refused state={state}>What you typed is kept.</Refused>
        <input type="hidden" name="subjectId" value={subjectId} />
        <AreaField
          small
          state={state}
          name="reason"
          id="held-reason"
          label="Why"
          hint="It is on record, and another manager reads it before they accept."
        />
        <div className="row">
          <SubmitButton>Propose it</SubmitButton>
        </div>
      </form>
    </details>
  );
}
