"use client";
import { useActionState } from "react";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { endSlack } from "./actions.ts";

/** Ends a link to Slack at once. */
export function UnlinkForm({ staffId }: { staffId: string }) {
  const [state, send] = useActionState<FormState<{ staffId: string }>, FormData>(endSlack, untried);
  return (
    <form action={send} className="stack s">
      <input type="hidden" name="staffId" value={staffId} />
      <Refused state={state} />
      <div className="row">
        <SubmitButton>Unlink Slack</SubmitButton>
      </div>
    </form>
  );
}
