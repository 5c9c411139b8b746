"use client";
import { useActionState } from "react";
import { InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { askSlack } from "./actions.ts";

/** Says which member of Slack one is; that member is asked there, and only their press makes it so. */
export function LinkForm({ again }: { again: boolean }) {
  const [state, send] = useActionState<FormState<{ number: number }>, FormData>(askSlack, untried);
  return (
    <form action={send} className="stack s max-w-form" noValidate>
      <Refused state={state} />
      <InputField
        state={state}
        name="userId"
        label="Your member ID in Slack"
        hint="In Slack: your picture, Profile, the three dots, Copy member ID. You get a message there with a button; without your press nothing is linked."
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
      />
      <div className="row">
        <SubmitButton>{again ? "Ask again in Slack" : "Ask me in Slack"}</SubmitButton>
      </div>
    </form>
  );
}
