"use client";
import { useActionState } from "react";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { sendInvitationAgain } from "./actions.ts";

/** Invites somebody by mail once more. */
export function AgainForm({ staffId }: { staffId: string }) {
  const [state, send] = useActionState<FormState<{ name: string }>, FormData>(
    sendInvitationAgain,
    untried,
  );
  return (
    <form action={send} className="stack s">
      <input type="hidden" name="staffId" value={staffId} />
      <Refused state={state} />
      <div className="row">
        <SubmitButton pending="Sending…">Send again</SubmitButton>
        <span role="status" className="sm soft">
          {state?.ok && "On its way."}
        </span>
      </div>
    </form>
  );
}
