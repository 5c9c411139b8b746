"use client";
import { useActionState } from "react";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Started } from "#lib/evidence/exports/start.ts";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { cancel } from "../actions.ts";

export function CancelForm({ id }: { id: string }) {
  const [state, send] = useActionState<FormState<Started>, FormData>(cancel, untried);
  return (
    <form action={send}>
      <input type="hidden" name="id" value={id} />
      <SubmitButton pending="Cancelling…">Cancel</SubmitButton>
      {state.ok === false && (
        <p className="xs problem" role="alert">
          {state.error.message}
        </p>
      )}
    </form>
  );
}
