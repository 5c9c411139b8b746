"use client";
import { useActionState, useEffect, useRef } from "react";
import { useFormStatus } from "react-dom";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { focusTitle } from "./focus-title.ts";
import { Icon } from "./ui/icon.tsx";
import { useConfirm } from "./ui/toast.tsx";

/** From acting to looking in the session of the hidden field `sessionId`. */
export type LookAction<T> = (before: FormState<T>, form: FormData) => Promise<FormState<T>>;

type StripLookProps<T> = { sessionId: string; subject: string; action: LookAction<T> };

/** One press and no question. */
export function StripLook<T>({ sessionId, subject, action }: StripLookProps<T>) {
  const [state, send] = useActionState<FormState<T>, FormData>(action, untried);
  const asked = useRef(false);
  const confirm = useConfirm();
  const said = useRef(() => {});
  said.current = () => confirm(`You only look as ${subject} from now on.`);

  // As the strip turns to looking, the pressed button is gone.
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
        className="look"
        action={send}
        onSubmit={() => {
          asked.current = true;
        }}
      >
        <input type="hidden" name="sessionId" value={sessionId} />
        <LookButton />
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

function LookButton() {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      aria-disabled={pending || undefined}
      onClick={(event) => pending && event.preventDefault()}
    >
      <Icon name={pending ? "clock" : "eye"} />
      {pending ? "Recording…" : "Just look"}
    </button>
  );
}
