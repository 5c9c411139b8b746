"use client";
import { createContext, type ReactNode, use, useActionState, useEffect } from "react";
import { scopeWords } from "#components/marks.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { SignInAgain } from "#components/ui/sign-in-again.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Started } from "#lib/impersonation/start.ts";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import type { Scope } from "#lib/vocabulary.ts";
import { startGranted } from "../own-actions.ts";
import { asksAgain } from "./asks-again.ts";

type Starting = { state: FormState<Started>; start: (form: FormData) => void };
const StartingContext = createContext<Starting>({ state: untried, start: () => undefined });

/**
 * Around the card: holds the start while the card under it turns from granted to used, and then leaves for the
 * product by a whole navigation.
 */
export function StartFlow({ children }: { children: ReactNode }) {
  const [state, start] = useActionState<FormState<Started>, FormData>(startGranted, untried);
  const enter = state.ok === true ? `/sessions/${state.value.sessionId}/enter` : null;
  useEffect(() => {
    if (enter) location.assign(enter);
  }, [enter]);
  return <StartingContext value={{ state, start }}>{children}</StartingContext>;
}

type StartButtonProps = {
  requestId: string;
  scope: Scope;
  /** What the subject is called. */
  given: string;
  /** The start form with what was asked, for a start that only a new request helps on. */
  again: string;
};

/** The Start button of a granted request, inside a `StartFlow`. */
export function StartButton({ requestId, scope, given, again }: StartButtonProps) {
  const { state, start } = use(StartingContext);
  const verb = scope === "write" ? "acting" : "looking";
  return (
    <>
      {state.ok === false && (
        <Note
          tone="problem"
          role="alert"
          title={state.error.message}
          className="grow"
          actions={
            asksAgain(state.error) && (
              <ButtonLink variant="ink" href={again}>
                Ask again
              </ButtonLink>
            )
          }
        >
          {state.error.code === "already_live" && (
            <p>One at a time: end it in the strip above, then start here.</p>
          )}
          <SignInAgain error={state.error} />
        </Note>
      )}
      <form action={start}>
        <input type="hidden" name="requestId" value={requestId} />
        <SubmitButton variant="primary" size="large" icon={scopeWords[scope].icon}>
          Start {verb} as {given}
        </SubmitButton>
      </form>
    </>
  );
}
