"use client";
import { useActionState } from "react";
import { InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { restorePerson, withdrawPerson } from "../actions.ts";

type StandingFormProps = {
  staffId: string;
  given: string;
  active: boolean;
  /** Whether they hold the role admin: letting them in again waits for a second admin. */
  byTwo: boolean;
  /** What suspending ends now, in sentences. */
  ends: readonly string[];
};

/** Suspends, or lets in again, with the reason. */
export function StandingForm({ staffId, given, active, byTwo, ends }: StandingFormProps) {
  const [state, send] = useActionState(active ? withdrawPerson : restorePerson, untried);
  return (
    <form action={send} className="stack" noValidate>
      <Refused state={state} />
      {active && (
        <div>
          <p>{ends.length > 0 ? "Ends now, in one press:" : "Nothing of theirs is open now."}</p>
          <ul className="stack s sm pt-1">
            {ends.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      <input type="hidden" name="staffId" value={staffId} />
      <InputField
        state={state}
        small
        id="why-standing"
        name="reason"
        label={active ? `Why is ${given} suspended?` : `Why is ${given} let in again?`}
        after={
          active
            ? "They cannot sign in until an admin lets them in again. What they did stays on record."
            : byTwo
              ? "They hold the role admin, so another admin accepts it first. Then they have to sign in anew."
              : "With the roles that they hold. They have to sign in anew."
        }
        maxLength={500}
      />
      <div className="row">
        <SubmitButton variant={active ? "ink" : "plain"} icon={active ? "stop" : "check"}>
          {active ? "Suspend" : byTwo ? "Propose to let in again" : "Let in again"}
        </SubmitButton>
      </div>
    </form>
  );
}
