"use client";
import { useActionState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { typed, untried } from "#lib/platform/form-state.ts";
import { setOutside } from "../../actions.ts";

/** Something is to be done elsewhere: by whom, until when. */
export function TaskForm({ itemId }: { itemId: string }) {
  const [state, send] = useActionState(setOutside, untried);
  const refused = state.ok === false ? state.error : null;
  return (
    <details className="more" open={refused !== null}>
      <summary className="btn">Set a task elsewhere…</summary>
      <form action={send} className="stack" noValidate>
        {refused && !refused.fields && <Note tone="problem" role="alert" title={refused.message} />}
        <input type="hidden" name="itemId" value={itemId} />
        <Field
          small
          name="what"
          label="What, and where"
          hint="Such as: take them out of the group support-eu at the issuer."
          error={refused?.fields?.what}
        >
          {(wiring) => <TextArea {...wiring} defaultValue={typed(state, "what")} />}
        </Field>
        <Field
          small
          name="ownerEmail"
          label="Who does it, by e-mail"
          error={refused?.fields?.ownerEmail}
        >
          {(wiring) => <Input {...wiring} type="email" defaultValue={typed(state, "ownerEmail")} />}
        </Field>
        <Field small name="dueOn" label="Until" error={refused?.fields?.dueOn}>
          {(wiring) => <Input {...wiring} type="date" defaultValue={typed(state, "dueOn")} />}
        </Field>
        <div className="row">
          <SubmitButton>Set the task</SubmitButton>
        </div>
      </form>
    </details>
  );
}
