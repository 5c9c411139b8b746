"use client";
import { useActionState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { typed, untried } from "#lib/platform/form-state.ts";
import { makeException } from "../../actions.ts";

type ExceptFormProps = { itemId: string; days: number };

/** Compliance lets it stay as it is for a time, on somebody's account. */
export function ExceptForm({ itemId, days }: ExceptFormProps) {
  const [state, send] = useActionState(makeException, untried);
  const refused = state.ok === false ? state.error : null;
  return (
    <details className="more" open={refused !== null}>
      <summary className="btn">Make an exception…</summary>
      <form action={send} className="stack" noValidate>
        {refused && !refused.fields && <Note tone="problem" role="alert" title={refused.message} />}
        <input type="hidden" name="itemId" value={itemId} />
        <Field
          small
          name="ownerEmail"
          label="Who answers for it, by e-mail"
          error={refused?.fields?.ownerEmail}
        >
          {(wiring) => <Input {...wiring} type="email" defaultValue={typed(state, "ownerEmail")} />}
        </Field>
        <Field
          small
          name="expiresOn"
          label="Until"
          hint={`At most ${days} days from today.`}
          error={refused?.fields?.expiresOn}
        >
          {(wiring) => <Input {...wiring} type="date" defaultValue={typed(state, "expiresOn")} />}
        </Field>
        <Field small name="reason" label="Why" error={refused?.fields?.reason}>
          {(wiring) => <TextArea {...wiring} defaultValue={typed(state, "reason")} />}
        </Field>
        <div className="row">
          <SubmitButton>Make the exception</SubmitButton>
        </div>
      </form>
    </details>
  );
}
