"use client";
import { useActionState } from "react";
import { useFormStatus } from "react-dom";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { Icon } from "./ui/icon.tsx";

/** Ends the session of the hidden field `sessionId`. */
export type EndAction<T> = (before: FormState<T>, form: FormData) => Promise<FormState<T>>;

export function StripEnd<T>({ sessionId, action }: { sessionId: string; action: EndAction<T> }) {
  const [state, send] = useActionState<FormState<T>, FormData>(action, untried);
  return (
    <>
      <form action={send}>
        <input type="hidden" name="sessionId" value={sessionId} />
        <EndButton />
      </form>
      {state.ok === false && (
        <p className="refused" role="alert">
          <Icon name="warn" />
          {state.error.message}
        </p>
      )}
    </>
  );
}

function EndButton() {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      aria-disabled={pending || undefined}
      onClick={(event) => pending && event.preventDefault()}
    >
      <Icon name={pending ? "clock" : "stop"} />
      {pending ? "Recording…" : "End session"}
    </button>
  );
}
