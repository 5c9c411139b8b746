"use client";
import { useActionState } from "react";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { remindReviewer } from "../actions.ts";

type RemindButtonProps = { campaignId: string; reviewerId: string; name: string };

/** Reminds one reviewer, once a day; what came of it is said beside it. */
export function RemindButton({ campaignId, reviewerId, name }: RemindButtonProps) {
  const [state, send] = useActionState(remindReviewer, untried);
  return (
    <form action={send} className="remind">
      <input type="hidden" name="campaignId" value={campaignId} />
      <input type="hidden" name="reviewerId" value={reviewerId} />
      <SubmitButton aria-label={`Remind ${name}`}>Remind</SubmitButton>
      <span role="status" className="xs soft">
        {state.ok === true && "Reminded."}
        {state.ok === false && state.error.message}
      </span>
    </form>
  );
}
