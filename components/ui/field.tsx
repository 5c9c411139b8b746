import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon } from "./icon.tsx";

/** What a field's control must carry so that its hint and error are read with it. */
export type Wiring = {
  id: string;
  name: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

type Asked = {
  name: string;
  label: ReactNode;
  /** What helps to answer, above the field. */
  hint?: ReactNode;
  /** The sentence of the refusal; the plum bar comes with it. */
  error?: string;
  /** Whether the label is set small, as in asides and rows. */
  small?: boolean;
  className?: string;
};

const describedBy = (
  id: string,
  { hint, error, after }: { hint?: unknown; error?: unknown; after?: unknown },
): string | undefined =>
  classes(!!error && `${id}-error`, !!hint && `${id}-hint`, !!after && `${id}-after`) || undefined;

function Said({ id, hint, error }: { id: string; hint?: ReactNode; error?: string }) {
  return (
    <>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="wrong" id={`${id}-error`}>
          <Icon name="warn" />
          {error}
        </p>
      )}
    </>
  );
}

/** A question with one control; `children` gets what to spread on it: `{(wiring) => <Input {...wiring} />}`. */
export function Field({
  name,
  label,
  hint,
  error,
  small,
  className,
  id = name,
  after,
  children,
}: Asked & { id?: string; after?: ReactNode; children: (wiring: Wiring) => ReactNode }) {
  return (
    <div className={classes("field", error && "bad", className)}>
      <label htmlFor={id} className={small ? "sm" : undefined}>
        {label}
      </label>
      <Said id={id} hint={hint} error={error} />
      {children({
        id,
        name,
        "aria-describedby": describedBy(id, { hint, error, after }),
        "aria-invalid": error ? true : undefined,
      })}
      {after && (
        <p className="hint xs" id={`${id}-after`}>
          {after}
        </p>
      )}
    </div>
  );
}

/** A question with several controls: radios or checkboxes. Takes the focus when the error summary leads to it. */
export function Choices({
  name,
  label,
  hint,
  error,
  small,
  className,
  id = name,
  after,
  children,
}: Asked & { id?: string; after?: ReactNode; children: ReactNode }) {
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={classes("field", error && "bad", className)}
      aria-describedby={describedBy(id, { hint, error, after })}
    >
      <legend className={classes("label", "pb-1.5", small && "sm")}>{label}</legend>
      <Said id={id} hint={hint} error={error} />
      {children}
      {after && (
        <p className="hint xs" id={`${id}-after`}>
          {after}
        </p>
      )}
    </fieldset>
  );
}
