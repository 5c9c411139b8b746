"use client";
import { useActionState, useEffect } from "react";
import { scopeWords } from "#components/marks.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import type { Scope } from "#lib/vocabulary.ts";
import { startGranted } from "../own-actions.ts";

type StartGrantedProps = {
  requestId: string;
  scope: Scope;
  /** What the subject is called. */
  given: string;
  product: string;
};

/** The Start button of a granted request; then out to the product by a whole navigation. */
export function StartGranted({ requestId, scope, given, product }: StartGrantedProps) {
  const [state, start] = useActionState(startGranted, untried);
  const enter = state.ok === true ? `/sessions/${state.value.sessionId}/enter` : null;
  useEffect(() => {
    if (enter) location.assign(enter);
  }, [enter]);
  const verb = scope === "write" ? "acting" : "looking";
  return (
    <>
      {state.ok === false && (
        <Note tone="problem" role="alert" title={state.error.message} className="grow">
          {state.error.code === "already_live"
            ? "One at a time: end it in the strip above, then start here."
            : undefined}
        </Note>
      )}
      {enter ? (
        <a className="btn primary lg" href={enter}>
          Go on to {product}
        </a>
      ) : (
        <form action={start}>
          <input type="hidden" name="requestId" value={requestId} />
          <SubmitButton variant="primary" size="large" icon={scopeWords[scope].icon}>
            Start {verb} as {given}
          </SubmitButton>
        </form>
      )}
    </>
  );
}
