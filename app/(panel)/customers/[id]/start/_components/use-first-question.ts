"use client";
import { type RefObject, useEffect, useRef } from "react";

/**
 * Puts the focus on the first question that has no answer yet, so that a call begins with a key instead of a walk through the
 * page; where all have one, on the sentence, to be read again. Never on the button: nobody starts by a key that they still hold.
 * Whoever has moved it already keeps it. `wanted` is false where something above the form is to be read first.
 */
export function useFirstQuestion(wanted: boolean): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the page opens
  useEffect(() => {
    if (!wanted || document.activeElement !== document.body) return;
    firstOpen(form.current)?.focus({ preventScroll: true });
  }, []);
  return form;
}

function firstOpen(form: HTMLFormElement | null): HTMLElement | null | undefined {
  const sentence = form?.querySelector<HTMLTextAreaElement>("textarea[name=reason]");
  const unanswered = (name: string) =>
    form?.querySelector(`input[name=${name}]:checked`)
      ? null
      : form?.querySelector<HTMLInputElement>(`input[name=${name}]:not(:disabled)`);
  if (sentence?.value === "") return unanswered("reasonCategory") ?? sentence;
  return unanswered("reasonCategory") ?? unanswered("callerCheck") ?? sentence;
}
