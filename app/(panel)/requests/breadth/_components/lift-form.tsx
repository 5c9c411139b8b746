"use client";
import { useActionState } from "react";
import { InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Lifted } from "#lib/impersonation/lift-breadth.ts";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { givenName } from "../../../_words/given-name.ts";
import { liftLimit } from "../actions.ts";

/** Asks why one agent needs more people than the policy allows, says what a yes means, lifts. */
export function LiftForm({ agent }: { agent: { id: string; name: string } }) {
  const [state, send] = useActionState<FormState<Lifted>, FormData>(liftLimit, untried);
  const given = givenName(agent.name);
  return (
    <form action={send} className="stack s" noValidate>
      <input type="hidden" name="actorId" value={agent.id} />
      <Refused state={state}>Nothing was lifted. What you typed is kept.</Refused>
      <InputField
        state={state}
        id={`reason-${agent.id}`}
        name="reason"
        label={`Why does ${given} need to stand in for more people?`}
        hint={`For 24 hours from now ${given} may stand in for any number of people, each still with a reason and, where sensitive, an approval. Your name and this reason go on record.`}
        required
        maxLength={500}
      />
      <div className="row">
        <SubmitButton>Lift for a day</SubmitButton>
      </div>
    </form>
  );
}
