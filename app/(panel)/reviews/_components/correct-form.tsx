"use client";
import { useActionState } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { typed, untried } from "#lib/platform/form-state.ts";
import { correctReview } from "../actions.ts";
import { errorOf, RefusedNote } from "./refused.tsx";

/** What was wrong, and in which item. Works without script. */
export function CorrectForm({ campaignId, back }: { campaignId: string; back: string }) {
  const [state, send] = useActionState(correctReview, untried);
  return (
    <form action={send} className="stack" noValidate>
      <RefusedNote state={state} />
      <input type="hidden" name="campaignId" value={campaignId} />
      <Field
        name="number"
        label="Item"
        hint="Its number. Leave it empty where it is about the whole review."
        error={errorOf(state, "number")}
      >
        {(wiring) => (
          <Input {...wiring} inputMode="numeric" defaultValue={typed(state, "number")} />
        )}
      </Field>
      <Field
        name="correction"
        label="What was wrong, and what is right"
        error={errorOf(state, "correction")}
      >
        {(wiring) => (
          <TextArea
            {...wiring}
            atLeast={10}
            atMost={2000}
            className="min-h-24"
            defaultValue={typed(state, "correction")}
          />
        )}
      </Field>
      <div className="row">
        <SubmitButton size="large" variant="primary">
          Record the correction
        </SubmitButton>
        <ButtonLink size="large" variant="quiet" href={back}>
          Back
        </ButtonLink>
      </div>
    </form>
  );
}
