"use client";
import { createContext, type ReactNode, use, useActionState } from "react";
import { scopeWords } from "#components/marks.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { SignInAgain } from "#components/ui/sign-in-again.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Started } from "#lib/impersonation/start.ts";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import type { Scope } from "#lib/vocabulary.ts";
import { useEnter } from "../../_components/use-enter.ts";
import type { LiveSession } from "../../customers/[id]/start/_components/live-session.ts";
import { startLabel } from "../../customers/[id]/start/_components/next-call.ts";
import { useInTheWay } from "../../customers/[id]/start/_components/use-in-the-way.ts";
import { startGranted } from "../own-actions.ts";
import { asksAgain } from "./asks-again.ts";

type Starting = { state: FormState<Started>; start: (form: FormData) => void };
const StartingContext = createContext<Starting>({ state: untried, start: () => undefined });

/**
 * Around the card: holds the start while the card under it turns from granted to used, and then leads out
 * to the product.
 */
export function StartFlow({ children }: { children: ReactNode }) {
  const [state, start] = useActionState<FormState<Started>, FormData>(startGranted, untried);
  useEnter(state.ok === true ? state.value : null);
  return <StartingContext value={{ state, start }}>{children}</StartingContext>;
}

type StartButtonProps = {
  requestId: string;
  scope: Scope;
  subject: { id: string; name: string };
  /** The reader's own session that is live now, and ends as this one starts. */
  live: LiveSession | null;
  /** The start form with what was asked, for a start that only a new request helps on. */
  again: string;
};

/** The Start button of a granted request, inside a `StartFlow`. */
export function StartButton({ requestId, scope, subject, live, again }: StartButtonProps) {
  const { state, start } = use(StartingContext);
  const { now } = useInTheWay(state.ok === false ? state.error : null, live);
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
            <p>One at a time. Nothing ended: what the button says now ends it and starts.</p>
          )}
          <SignInAgain error={state.error} />
        </Note>
      )}
      <form action={start}>
        <input type="hidden" name="requestId" value={requestId} />
        <input type="hidden" name="ends" value={now?.sessionId ?? ""} />
        <SubmitButton variant="primary" size="large" icon={scopeWords[scope].icon}>
          {startLabel(now, subject, scope)}
        </SubmitButton>
      </form>
    </>
  );
}
