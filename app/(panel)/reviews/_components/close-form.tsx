"use client";
import { useActionState } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { AreaField, InputField } from "#components/ui/kept-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { closeReview } from "../actions.ts";
import { RefusedNote } from "./refused.tsx";

type CloseFormProps = {
  campaignId: string;
  back: string;
  /** How many undecided rights are taken, or excepted, by closing. */
  revokes: number;
  excepts: number;
  /** With more than so many, the closing goes on after this. */
  settledAtOnce: number;
};

/** The statement, and whatever the policy asks for what nobody decided. Works without script. */
export function CloseForm({ campaignId, back, revokes, excepts, settledAtOnce }: CloseFormProps) {
  const [state, send] = useActionState(closeReview, untried);
  return (
    <form action={send} className="stack" noValidate>
      <RefusedNote state={state} />
      <input type="hidden" name="campaignId" value={campaignId} />
      {excepts > 0 && (
        <>
          <InputField
            state={state}
            name="ownerEmail"
            label="Who answers for what nobody decided"
            hint="Their e-mail; nobody answers for their own access, nor you for what you except."
            type="email"
          />
          <InputField state={state} name="expiresOn" label="Until when" type="date" />
        </>
      )}
      <AreaField
        state={state}
        name="statement"
        label="Your statement"
        hint="What you sign: how the review was run, and that nobody decided on their own access."
        atLeast={20}
        atMost={2000}
        className="min-h-24"
      />
      <p className="sm soft">
        Your name, the time and the statement go on record and into the evidence pack.
        {revokes + excepts > settledAtOnce &&
          " This many are settled one after the other: the review closes by itself when all are, and nobody decides meanwhile."}
      </p>
      <div className="row">
        <SubmitButton size="large" variant="primary" icon="lock" pending="Closing…">
          {buttonWords(revokes, excepts)}
        </SubmitButton>
        <ButtonLink size="large" variant="quiet" href={back}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}

function buttonWords(revokes: number, excepts: number): string {
  if (revokes > 0 && excepts > 0) return `Revoke ${revokes}, except ${excepts} and close`;
  if (revokes > 0) return `Revoke ${revokes} and close`;
  return excepts > 0 ? `Except ${excepts} and close` : "Close the review";
}
