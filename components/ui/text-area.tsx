"use client";
import { type ComponentProps, useEffect, useRef, useState } from "react";
import { number } from "../time-words.ts";
import { classes } from "./classes.ts";

type TextAreaProps = Omit<ComponentProps<"textarea">, "value" | "maxLength" | "minLength"> & {
  /** Bounds that the count below names. The field lets a longer text stand: the server says what is wrong with it. */
  atLeast?: number;
  atMost?: number;
};

/** Several lines. With `atMost`, a count below: "144 of 500 characters, at least 10". */
export function TextArea({ atLeast, atMost, className, ...rest }: TextAreaProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [length, setLength] = useState(String(rest.defaultValue ?? "").trim().length);
  const count = () => setLength(area.current?.value.trim().length ?? 0);

  // A form is reset after its action, to what was typed: the count follows once the reset has happened.
  useEffect(() => {
    const form = area.current?.form;
    const later = () => requestAnimationFrame(count);
    later();
    form?.addEventListener("reset", later);
    return () => form?.removeEventListener("reset", later);
  });

  return (
    <>
      <textarea
        ref={area}
        className={classes("area", className)}
        {...rest}
        onInput={(event) => {
          count();
          rest.onInput?.(event);
        }}
      />
      {atMost !== undefined && (
        <p className="hint xs num">
          {number(length)} of {number(atMost)} characters
          {atLeast !== undefined && `, at least ${atLeast}`}
        </p>
      )}
    </>
  );
}
