"use client";
import { useActionState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { typed, untried } from "#lib/platform/form-state.ts";
import { liftTheStop, stopEverything } from "../actions.ts";

/** Stops, or lifts the stop in force, with the reason. */
export function StopForm({ stopId }: { stopId: string | null }) {
  const [state, send] = useActionState(stopId ? liftTheStop : stopEverything, untried);
  const refused = state.ok === false ? state.error : null;
  return (
    <form action={send} className="stack" noValidate>
      {refused && !refused.fields && <Note tone="problem" role="alert" title={refused.message} />}
      {stopId && <input type="hidden" name="stopId" value={stopId} />}
      <Field
        name="reason"
        label={stopId ? "Why may they go on?" : "Why is everything stopped?"}
        hint={stopId ? "It is on record." : "Everybody reads it, on every page."}
        error={refused?.fields?.reason}
      >
        {(wiring) => <Input {...wiring} maxLength={200} defaultValue={typed(state, "reason")} />}
      </Field>
      <div className="row">
        <SubmitButton variant="ink" size="large" icon={stopId ? "check" : "stop"}>
          {stopId ? "Lift the stop" : "Stop all standing in now"}
        </SubmitButton>
      </div>
    </form>
  );
}
