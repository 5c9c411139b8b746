"use client";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Refused } from "#components/ui/refused.tsx";
import type { FormState } from "#lib/platform/form-state.ts";

/** On top of a form: what was refused, with the way to its fields where it is about some. */
export const RefusedNote = ({ state }: { state: FormState }) =>
  state.ok === false && state.error.fields ? (
    <ErrorSummary error={state.error} />
  ) : (
    <Refused state={state}>Nothing was changed.</Refused>
  );
