"use client";
import { useActionState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Lifted } from "#lib/impersonation/lift-breadth.ts";
import { type FormState, typed, untried } from "#lib/platform/form-state.ts";
import { givenName } from "../../../_words/given-name.ts";
import { liftLimit } from "../actions.ts";

/** Asks why one agent needs more people than the policy allows, says what a yes means, lifts. */
export function LiftForm({ agent }: { agent: { id: string; name: string } }) {
  const [state, send] = useActionState<FormState<Lifted>, FormData>(liftLimit, untried);
  const refused = state.ok === false ? state.error : null;
  const given = givenName(agent.name);
  return (
    <form action={send} className="stack s" noValidate>
      <input type="hidden" name="actorId" value={agent.id} />
      {refused && !refused.fields && (
        <Note tone="problem" role="alert" title={refused.message}>
          Nothing was lifted. What you typed is kept.
        </Note>
      )}
      <Field
        id={`reason-${agent.id}`}
        name="reason"
        label={`Why does ${given} need to stand in for more people?`}
        hint={`For 24 hours from now ${given} may stand in for any number of people, each still with a reason and, where sensitive, an approval. Your name and this reason go on record.`}
        error={refused?.fields?.reason}
      >
        {(wiring) => (
          <Input {...wiring} required maxLength={500} defaultValue={typed(state, "reason")} />
        )}
      </Field>
      <div className="row">
        <SubmitButton>Lift for a day</SubmitButton>
      </div>
    </form>
  );
}
