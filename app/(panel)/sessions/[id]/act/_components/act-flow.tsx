"use client";
import { createContext, type ReactNode, useActionState, useEffect } from "react";
import type { Waiting } from "#lib/impersonation/stand-in.ts";
import type { Started } from "#lib/impersonation/start.ts";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { askToStandIn } from "../../../../customers/[id]/start/actions.ts";

type Acting = { state: FormState<Started | Waiting>; send: (form: FormData) => void };
export const ActingContext = createContext<Acting>({ state: untried, send: () => undefined });

/**
 * Around the page: holds the start while the page under it turns to a session that is over, and then leaves for the
 * product by a whole navigation. It takes the place of this page, so that Back leads to the product's, not to a form that was sent.
 */
export function ActFlow({ children }: { children: ReactNode }) {
  const [state, send] = useActionState<FormState<Started | Waiting>, FormData>(
    askToStandIn,
    untried,
  );
  const enter =
    state.ok === true && state.value.kind === "started"
      ? `/sessions/${state.value.sessionId}/enter`
      : null;
  useEffect(() => {
    if (enter) location.replace(enter);
  }, [enter]);
  return <ActingContext value={{ state, send }}>{children}</ActingContext>;
}
