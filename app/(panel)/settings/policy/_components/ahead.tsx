"use client";
import { type ReactNode, useActionState } from "react";
import { InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { withdrawPolicy } from "../actions.ts";

/** Takes back what lies ahead, with the reason. */
export function WithdrawAhead({ version, children }: { version: number; children?: ReactNode }) {
  const [state, send] = useActionState(withdrawPolicy, untried);
  return (
    <form action={send} className="stack s" noValidate>
      <Refused state={state} />
      {children}
      <input type="hidden" name="version" value={version} />
      <InputField
        state={state}
        small
        name="reason"
        label={`Why is policy ${version} taken back?`}
        maxLength={500}
      />
      <div className="row">
        <SubmitButton icon="left">Take it back</SubmitButton>
      </div>
    </form>
  );
}
