"use client";
import { useActionState } from "react";
import { InputField } from "#components/ui/kept-field.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { sayOnePerson } from "../actions.ts";
import { PartForm } from "./part-form.tsx";

type Account = { id: string; name: string; email: string };
type OnePersonProps = {
  staffId: string;
  /** Of this account. */
  email: string;
  given: string;
  others: readonly Account[];
  /** Whether the reader may say so. */
  changes: boolean;
  /** Whether it waits that they are taken apart. */
  isParting: boolean;
};

/** Which other accounts are this person's, and the way to say that one more is. */
export function OnePerson({ staffId, email, given, others, changes, isParting }: OnePersonProps) {
  const [state, send] = useActionState(sayOnePerson, untried);
  const link = (
    <form action={send} className="stack" noValidate>
      <Refused state={state} />
      <input type="hidden" name="staffId" value={staffId} />
      <InputField
        state={state}
        small
        name="otherEmail"
        label={`Another account of ${given}`}
        hint="Neither decides then on what the other asks, and together they vote once."
        type="email"
        maxLength={200}
      />
      <InputField
        state={state}
        small
        name="reason"
        id="one-person-reason"
        label="How do you know?"
        after="That they are two people after all takes a second admin."
        maxLength={500}
      />
      <div className="row">
        <SubmitButton icon="two">They are one person</SubmitButton>
      </div>
    </form>
  );
  return (
    <div className="stack">
      {others.length > 0 ? (
        <ul className="stack s">
          {others.map(({ id, name, email }) => (
            <li key={id}>
              <PlainLink href={`/settings/staff/${id}`}>{name}</PlainLink>{" "}
              <span className="sm soft wrap-anywhere">{email}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="sm soft">No other account of {given} is known.</p>
      )}
      {changes && others.length > 0 && !isParting && <PartForm staffId={staffId} email={email} />}
      {changes &&
        (others.length > 0 ? (
          <details className="more" open={state.ok === false}>
            <summary>Add another account…</summary>
            <div className="pt-1">{link}</div>
          </details>
        ) : (
          link
        ))}
    </div>
  );
}
