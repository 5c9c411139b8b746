"use client";
import { useActionState } from "react";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { endStandingApproval } from "../own-actions.ts";

/** Lets an approval stand no longer; what runs goes on. */
export function EndStanding({ requestId }: { requestId: string }) {
  const [state, end] = useActionState(endStandingApproval, untried);
  return (
    <form action={end} className="stack s">
      {state.ok === false && <Note tone="problem" role="alert" title={state.error.message} />}
      <input type="hidden" name="requestId" value={requestId} />
      <div className="row">
        <SubmitButton icon="stop">End it now</SubmitButton>
        <span className="xs faint">A session that runs goes on.</span>
      </div>
    </form>
  );
}
