"use client";
import { useActionState } from "react";
import { useFormStatus } from "react-dom";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { Icon, type IconName } from "./ui/icon.tsx";
import { useLeftFocus } from "./use-left-focus.ts";

/** Does something with the session of the hidden field `sessionId`. */
export type StripAction<T> = (before: FormState<T>, form: FormData) => Promise<FormState<T>>;

type StripPressProps<T> = {
  sessionId: string;
  action: StripAction<T>;
  icon: IconName;
  label: string;
  /** The letter that moves to it. */
  shortcut?: string;
  className?: string;
};

/** One press and no question. What it does takes the button away. */
export function StripPress<T>(props: StripPressProps<T>) {
  const [state, send] = useActionState<FormState<T>, FormData>(props.action, untried);
  // Whatever takes the button away takes the focus with it.
  const form = useLeftFocus<HTMLFormElement>();

  return (
    <>
      <form ref={form} className={props.className} action={send}>
        <input type="hidden" name="sessionId" value={props.sessionId} />
        <Press icon={props.icon} label={props.label} shortcut={props.shortcut} />
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

function Press({
  icon,
  label,
  shortcut,
}: Pick<StripPressProps<unknown>, "icon" | "label" | "shortcut">) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      data-key={shortcut}
      aria-keyshortcuts={shortcut}
      aria-disabled={pending || undefined}
      onClick={(event) => pending && event.preventDefault()}
    >
      <Icon name={pending ? "clock" : icon} />
      {pending ? "Recording…" : label}
    </button>
  );
}
