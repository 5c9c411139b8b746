"use client";
import { useActionState } from "react";
import { InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { liftTheStop, stopEverything } from "../actions.ts";

/** Stops, or lifts the stop in force, with the reason. */
export function StopForm({ stopId }: { stopId: string | null }) {
  const [state, send] = useActionState(stopId ? liftTheStop : stopEverything, untried);
  return (
    <form action={send} className="stack" noValidate>
      <Refused state={state} />
      {stopId && <input type="hidden" name="stopId" value={stopId} />}
      <InputField
        state={state}
        name="reason"
        label={stopId ? "Why may they go on?" : "Why is everything stopped?"}
        hint={stopId ? "It is on record." : "Everybody reads it, on every page."}
        maxLength={200}
      />
      <div className="row">
        <SubmitButton variant="ink" size="large" icon={stopId ? "check" : "stop"}>
          {stopId ? "Lift the stop" : "Stop all standing in now"}
        </SubmitButton>
      </div>
    </form>
  );
}
