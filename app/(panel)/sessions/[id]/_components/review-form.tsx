"use client";
import { useActionState } from "react";
import { AreaField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { useFocusRefused } from "#components/use-focus-refused.ts";
import type { Reviewed } from "#lib/findings/review-session.ts";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { reviewFromPage } from "../actions.ts";

type ReviewFormProps = { sessionId: string; given: string; glass: boolean };

/** As expected, or look closer, which wants a sentence. It is said once. */
export function ReviewForm({ sessionId, given, glass }: ReviewFormProps) {
  const [state, send] = useActionState<FormState<Reviewed>, FormData>(reviewFromPage, untried);
  const form = useFocusRefused(state, "comment");
  return (
    <form ref={form} action={send} className="stack s" aria-labelledby="review" noValidate>
      <input type="hidden" name="sessionId" value={sessionId} />
      <Refused state={state}>What you typed is kept.</Refused>
      <AreaField
        state={state}
        small
        name="comment"
        label="What is there to look at?"
        hint="Needed to look closer."
        atMost={1000}
        className="min-h-16"
      />
      <p className="sm soft">
        As expected closes it{glass && ` and lets ${given} break the glass again`}. Look closer
        opens a finding with your sentence; {given} is asked about it. It is said once, under your
        name.
      </p>
      <div className="row">
        <SubmitButton size="large" icon="eye" name="verdict" value="look_closer">
          Look closer
        </SubmitButton>
        <SubmitButton size="large" icon="check" name="verdict" value="as_expected">
          As expected
        </SubmitButton>
      </div>
    </form>
  );
}
