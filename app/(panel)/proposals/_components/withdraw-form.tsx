"use client";
import { useActionState } from "react";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { withdrawProposal } from "../actions.ts";

/** Who proposed it takes it back. */
export function WithdrawForm({ proposalId }: { proposalId: string }) {
  const [state, send] = useActionState(withdrawProposal, untried);
  return (
    <form action={send} className="stack" noValidate>
      <Refused state={state} />
      <input type="hidden" name="proposalId" value={proposalId} />
      <div className="row">
        <SubmitButton icon="left">Take it back</SubmitButton>
      </div>
    </form>
  );
}
