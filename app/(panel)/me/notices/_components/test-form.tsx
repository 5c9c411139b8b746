"use client";
import { useActionState } from "react";
import { Note } from "#components/ui/note.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { OutName } from "#lib/notices/queue.ts";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { sendMeOne } from "../actions.ts";

/** Sends one by one way, and says whether it arrived. */
export function TestForm({ channel, label }: { channel: string; label: string }) {
  const [state, send] = useActionState<FormState<{ channel: OutName }>, FormData>(
    sendMeOne,
    untried,
  );
  return (
    <form action={send} className="stack s">
      <Refused state={state} />
      {state.ok === true && <Note role="status" icon="check" title={`Sent by ${label}`} />}
      <input type="hidden" name="channel" value={channel} />
      <div className="row">
        <SubmitButton pending="Sending…" icon="out">
          Send me one by {label}
        </SubmitButton>
      </div>
    </form>
  );
}
