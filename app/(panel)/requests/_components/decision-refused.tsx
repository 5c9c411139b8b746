import { ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { SignInAgain } from "#components/ui/sign-in-again.tsx";
import type { Refusal } from "#lib/kernel/result.ts";
import type { NextAsk } from "./decision-ask.ts";

/** Why no decision was recorded, where it is not about one of the answers: a race was lost, or a fresh sign-in is wanted. */
export const DecisionRefused = ({ error, next }: { error: Refusal; next: NextAsk | null }) => (
  <Note
    tone="problem"
    role="alert"
    title={error.message}
    className="mb-4"
    actions={
      next && (
        <ButtonLink href={`/requests/${next.id}`} iconAfter="right">
          Next request
        </ButtonLink>
      )
    }
  >
    <SignInAgain error={error} />
  </Note>
);
