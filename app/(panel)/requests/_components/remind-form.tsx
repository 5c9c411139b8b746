"use client";
import { useActionState } from "react";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { remindApprovers } from "../own-actions.ts";
import { and } from "../words.ts";

/** Reminds whoever was asked and has not decided, at most every two minutes. */
export function RemindForm({ requestId }: { requestId: string }) {
  const [state, remind] = useActionState(remindApprovers, untried);
  return (
    <form action={remind} className="row tight">
      <input type="hidden" name="requestId" value={requestId} />
      <span role="status" className="xs soft">
        {state.ok === false && state.error.message}
        {state.ok === true && `Reminded ${and(state.value.names, 3)}.`}
      </span>
      <SubmitButton icon="refresh">Remind</SubmitButton>
    </form>
  );
}
