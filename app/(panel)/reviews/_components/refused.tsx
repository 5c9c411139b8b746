"use client";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Note } from "#components/ui/note.tsx";
import type { FormState } from "#lib/platform/form-state.ts";

/** On top of a form: what was refused, with the way to its fields where it is about some. */
export function RefusedNote({ state }: { state: FormState }) {
  if (state.ok !== false) return null;
  if (state.error.fields) return <ErrorSummary error={state.error} />;
  return (
    <Note tone="problem" role="alert" title={state.error.message}>
      Nothing was changed.
    </Note>
  );
}

export const errorOf = (state: FormState, name: string): string | undefined =>
  state.ok === false ? state.error.fields?.[name] : undefined;
