"use client";
import { useActionState, useEffect } from "react";
import { focusTitle } from "#components/focus-title.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { cancelRequest } from "../own-actions.ts";

/** Takes the request back, or goes to a changed one. */
export function CancelForm({ requestId, again }: { requestId: string; again: string }) {
  const [state, cancel] = useActionState(cancelRequest, untried);
  // With the request, the buttons go.
  useEffect(() => () => focusTitle(), []);
  return (
    <>
      {state.ok === false && (
        <Note tone="problem" role="alert" title={state.error.message} className="grow" />
      )}
      <form action={cancel}>
        <input type="hidden" name="requestId" value={requestId} />
        <SubmitButton>Cancel the request</SubmitButton>
      </form>
      <ButtonLink variant="quiet" href={again}>
        Change and ask again
      </ButtonLink>
      <span className="xs faint end">A changed request needs a new yes.</span>
    </>
  );
}
