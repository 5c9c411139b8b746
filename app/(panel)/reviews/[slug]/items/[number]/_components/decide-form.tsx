"use client";
import { type ReactNode, useActionState, useEffect } from "react";
import { useSendKey } from "#components/keys/use-send-key.ts";
import { Pick } from "#components/ui/choices.tsx";
import { Choices } from "#components/ui/field.tsx";
import { Kbd, ModKbd } from "#components/ui/kbd.tsx";
import { AreaField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { typed, untried } from "#lib/platform/form-state.ts";
import type { Attestation } from "#lib/vocabulary.ts";
import { decide } from "../../actions.ts";

type DecideFormProps = {
  itemId: string;
  options: readonly { value: Attestation; label: string; means: string }[];
  /** What is opened of the sample. */
  note: string | null;
  /** What goes before it: how it was decided before. */
  children?: ReactNode;
  footer: ReactNode;
  again: boolean;
};

/** Keep, change or revoke, and why. It waits for the record, then goes on to the next. */
export function DecideForm({ itemId, options, note, children, footer, again }: DecideFormProps) {
  const [state, send] = useActionState(decide, untried);
  const refused = state.ok === false ? state.error : null;
  const sentByKey = useSendKey();
  const { ref: form } = sentByKey;
  useEffect(() => {
    if (refused?.fields?.decision) form.current?.querySelector("input")?.focus();
    else if (refused?.fields?.justification) form.current?.querySelector("textarea")?.focus();
  }, [refused, form]);
  return (
    <form
      {...sentByKey}
      className="card decide"
      aria-labelledby="your-decision"
      action={send}
      noValidate
    >
      <header>
        <h2 id="your-decision">{again ? "Change your mind" : "Your decision"}</h2>
      </header>
      <div className="in stack">
        {children}
        <Refused state={state} />
        <input type="hidden" name="itemId" value={itemId} />
        <Choices
          small
          name="decision"
          label={<span className="vh">Decision</span>}
          error={refused?.fields?.decision}
        >
          <Pick
            name="decision"
            chosen={typed(state, "decision")}
            options={options.map((option, index) => ({
              ...option,
              shortcut: String(index + 1),
              aside: <Kbd seenOnly>{String(index + 1)}</Kbd>,
            }))}
          />
        </Choices>
        <AreaField
          state={state}
          small
          name="justification"
          label="Justification"
          atLeast={10}
          atMost={1000}
        />
        {note && <p className="sm soft">{note}</p>}
        <SubmitButton size="large" variant="primary">
          Decide and next <ModKbd seenOnly>↵</ModKbd>
        </SubmitButton>
      </div>
      <footer className="xs faint">{footer}</footer>
    </form>
  );
}
