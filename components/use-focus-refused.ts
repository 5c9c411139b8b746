"use client";
import { useEffect, useRef } from "react";
import { errorOf, type FormState } from "#lib/platform/form-state.ts";

/** For a form with one question: where its answer is refused, the focus goes to it, and so its sentence is read. */
export function useFocusRefused(state: FormState, name: string) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (errorOf(state, name)) form.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus();
  }, [state, name]);
  return form;
}
