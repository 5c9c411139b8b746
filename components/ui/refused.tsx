import type { ReactNode } from "react";
import type { FormState } from "#lib/platform/form-state.ts";
import { Note } from "./note.tsx";
import { SignInAgain } from "./sign-in-again.tsx";

/** On top of a form: why it was refused, where that is about none of its fields. */
export const Refused = ({ state, children }: { state: FormState; children?: ReactNode }) =>
  state.ok === false &&
  !state.error.fields && (
    <Note tone="problem" role="alert" title={state.error.message}>
      {typeof children === "string" ? <p>{children}</p> : children}
      <SignInAgain error={state.error} />
    </Note>
  );
