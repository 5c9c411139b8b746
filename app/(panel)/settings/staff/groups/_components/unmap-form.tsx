"use client";
import { useActionState } from "react";
import { InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { unmapIssuerGroup } from "../actions.ts";

type UnmapFormProps = { id: string; group: string; role: string; holders: number };

/** Takes a mapping back, with the reason and what it takes from whom. */
export function UnmapForm({ id, group, role, holders }: UnmapFormProps) {
  const [state, send] = useActionState(unmapIssuerGroup, untried);
  const who = holders === 1 ? "1 person loses" : `${holders} people lose`;
  return (
    <details className="more" open={state.ok === false}>
      <summary>
        Take back… <span className="vh">{`${role} by ${group}`}</span>
      </summary>
      <form action={send} className="stack pt-1" noValidate>
        <Refused state={state} />
        <input type="hidden" name="id" value={id} />
        <InputField
          state={state}
          small
          id={`why-${id}`}
          name="reason"
          label="Why?"
          after={holders === 0 ? "Nobody holds the role by it now." : `${who} the role at once.`}
          maxLength={500}
        />
        <div className="row">
          <SubmitButton icon="x">Take back</SubmitButton>
        </div>
      </form>
    </details>
  );
}
