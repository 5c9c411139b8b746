"use client";
import { useActionState } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { AreaField, InputField } from "#components/ui/kept-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { correctReview } from "../actions.ts";
import { RefusedNote } from "./refused.tsx";

/** What was wrong, and in which item. Works without script. */
export function CorrectForm({ campaignId, back }: { campaignId: string; back: string }) {
  const [state, send] = useActionState(correctReview, untried);
  return (
    <form action={send} className="stack" noValidate>
      <RefusedNote state={state} />
      <input type="hidden" name="campaignId" value={campaignId} />
      <InputField
        state={state}
        name="number"
        label="Item"
        hint="Its number. Leave it empty where it is about the whole review."
        inputMode="numeric"
      />
      <AreaField
        state={state}
        name="correction"
        label="What was wrong, and what is right"
        atLeast={10}
        atMost={2000}
        className="min-h-24"
      />
      <div className="row">
        <SubmitButton size="large" variant="primary">
          Record the correction
        </SubmitButton>
        <ButtonLink size="large" variant="quiet" href={back}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
