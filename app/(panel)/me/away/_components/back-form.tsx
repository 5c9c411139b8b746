"use client";
import { useActionState } from "react";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { sayBack } from "../actions.ts";

/** Ends an absence before its time. */
export function BackForm({ delegationId, of }: { delegationId: string; of: string }) {
  const [state, send] = useActionState(sayBack, untried);
  return (
    <form action={send} className="row tight">
      <input type="hidden" name="delegationId" value={delegationId} />
      <SubmitButton>
        End<span className="vh"> the absence of {of}</span>
      </SubmitButton>
      {state.ok === false && (
        <p role="alert" className="sm wrong">
          {state.error.message}
        </p>
      )}
    </form>
  );
}
