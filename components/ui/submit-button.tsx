"use client";
import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { useLeftFocus } from "../use-left-focus.ts";
import { Button, type ButtonLook } from "./button.tsx";

type SubmitButtonProps = ButtonLook &
  ComponentProps<"button"> & {
    /** What it says until the entry exists. */
    pending?: string;
  };

/**
 * Sends its form, once: until the answer is there it says so and takes no second press, but keeps the focus. Of
 * several buttons in a form (each with `name` and `value`) only the pressed one changes its words. Where what it did takes it
 * away, the focus goes to the title.
 */
export function SubmitButton({
  pending = "Recording…",
  icon,
  shortcut,
  children,
  ...rest
}: SubmitButtonProps) {
  const status = useFormStatus();
  const button = useLeftFocus<HTMLButtonElement>();
  const pressed =
    status.pending && (!rest.name || status.data.get(rest.name) === String(rest.value ?? ""));
  return (
    <Button
      {...rest}
      ref={button}
      type="submit"
      icon={pressed ? "clock" : icon}
      shortcut={pressed ? undefined : shortcut}
      aria-disabled={status.pending || rest["aria-disabled"] || undefined}
      onClick={(event) => {
        if (status.pending) event.preventDefault();
        else rest.onClick?.(event);
      }}
    >
      {pressed ? pending : children}
    </Button>
  );
}
