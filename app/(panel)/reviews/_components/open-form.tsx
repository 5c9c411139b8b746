"use client";
import { useActionState } from "react";
import { cityOf } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { InputField } from "#components/ui/kept-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { openReview } from "../actions.ts";
import { RefusedNote } from "./refused.tsx";

type OpenFormProps = { firstDay: string; lastDay: string; zone: string; dueDays: number };

/** Which days, and what opening means. Works without script. */
export function OpenForm({ firstDay, lastDay, zone, dueDays }: OpenFormProps) {
  const [state, send] = useActionState(openReview, untried);
  return (
    <form action={send} className="stack" noValidate>
      <RefusedNote state={state} />
      <InputField
        state={state}
        name="firstDay"
        label="First day"
        hint={`Days in ${cityOf(zone)} time.`}
        type="date"
        initial={firstDay}
      />
      <InputField
        state={state}
        name="lastDay"
        label="Last day"
        hint="Included. If it is still to come, the review covers who had a right until now."
        type="date"
        initial={lastDay}
      />
      <p className="sm soft">
        The population is frozen when it opens, each item gets a reviewer without a conflict, and
        all is due in {dueDays} days. Your name goes on record.
      </p>
      <div className="row">
        <SubmitButton size="large" variant="primary" pending="Opening…">
          Open the review
        </SubmitButton>
        <ButtonLink size="large" variant="quiet" href="/reviews">
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
