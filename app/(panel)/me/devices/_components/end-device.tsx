"use client";
import { useActionState } from "react";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { endDevice } from "../actions.ts";

type EndDeviceProps = {
  /** Null: all of them but this one. */
  signInId: string | null;
  /** Which one, for who hears the button only. */
  about?: string;
};

/** Ends one of the reader's sign-ins elsewhere, or all. */
export function EndDevice({ signInId, about }: EndDeviceProps) {
  const [state, send] = useActionState(endDevice, untried);
  return (
    <form action={send} className="stack justify-items-start">
      <Refused state={state} />
      <input type="hidden" name="signInId" value={signInId ?? ""} />
      <SubmitButton variant={signInId ? "plain" : "ink"} icon="out">
        {signInId ? "End" : "End all others"}
        {about && <span className="vh"> {about}</span>}
      </SubmitButton>
    </form>
  );
}
