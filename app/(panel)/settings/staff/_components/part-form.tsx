"use client";
import { useActionState } from "react";
import { InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { partPerson } from "../actions.ts";

/** Proposes that this account is a person of its own: another admin accepts it. */
export function PartForm({ staffId, email }: { staffId: string; email: string }) {
  const [state, send] = useActionState(partPerson, untried);
  return (
    <details className="more" open={state.ok === false}>
      <summary>Take apart…</summary>
      <form action={send} className="stack pt-1" noValidate>
        <Refused state={state} />
        <p className="sm">
          <span className="wrap-anywhere">{email}</span> is a person of its own then: they decide on
          each other’s requests, and each has a vote. Another admin accepts it first.
        </p>
        <input type="hidden" name="staffId" value={staffId} />
        <InputField
          state={state}
          small
          name="reason"
          id="part-reason"
          label="How do you know that they are two people?"
          after="Who decides on it reads this."
          maxLength={500}
        />
        <div className="row">
          <SubmitButton icon="two">Propose it</SubmitButton>
        </div>
      </form>
    </details>
  );
}
