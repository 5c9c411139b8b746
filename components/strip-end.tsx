"use client";
import { useActionState, useEffect, useRef } from "react";
import { useFormStatus } from "react-dom";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { focusTitle } from "./focus-title.ts";
import { Icon } from "./ui/icon.tsx";
import { useConfirm } from "./ui/toast.tsx";

/** Ends the session of the hidden field `sessionId`. */
export type EndAction<T> = (before: FormState<T>, form: FormData) => Promise<FormState<T>>;

type StripEndProps<T> = {
  sessionId: string;
  subject: string;
  again: string;
  action: EndAction<T>;
};

export function StripEnd<T>({ sessionId, subject, again, action }: StripEndProps<T>) {
  const [state, send] = useActionState<FormState<T>, FormData>(action, untried);
  const asked = useRef(false);
  const confirm = useConfirm();
  const said = useRef(() => {});
  said.current = () =>
    confirm(
      `Your session as ${subject} has ended.`,
      { label: "Note", href: `/sessions/${sessionId}#note` },
      { label: "Again", href: again },
    );

  // The strip goes with the session, and the pressed button with the strip.
  useEffect(
    () => () => {
      if (!asked.current) return;
      said.current();
      focusTitle();
    },
    [],
  );

  return (
    <>
      <form
        action={send}
        onSubmit={() => {
          asked.current = true;
        }}
      >
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
