"use client";
import { type KeyboardEvent, type RefObject, useLayoutEffect, useState } from "react";
import { isSendKey, singleKey } from "#components/keys/single-key.ts";

/** What was meant last by a key; it decides only with `⌘↵`. */
export type Meant = "approve" | "deny" | "nothing";

/**
 * `A` and `D` only move there; what was meant last is what `⌘↵` then presses, from wherever the focus is. Without either it
 * decides nothing.
 */
export function useMeant(form: RefObject<HTMLFormElement | null>, open: boolean): Meant {
  const [meant, setMeant] = useState<Meant>("nothing");
  // Counts from the first moment that the page is there.
  useLayoutEffect(() => {
    if (!open) return;
    const pressed = (event: globalThis.KeyboardEvent) => {
      if (isSendKey(event, form.current)) {
        event.preventDefault();
        if (meant !== "nothing") button(form.current, meant)?.click();
        else button(form.current, "approve")?.focus();
        return;
      }
      const key = singleKey(event);
      if (key === "a") setMeant("approve");
      if (key === "d") setMeant("deny");
    };
    // Before the panel's own keys, which take the event.
    document.addEventListener("keydown", pressed, { capture: true });
    return () => document.removeEventListener("keydown", pressed, { capture: true });
  }, [form, open, meant]);
  return meant;
}

const button = (form: HTMLFormElement | null, vote: "approve" | "deny") =>
  form?.querySelector<HTMLButtonElement>(`button[name="vote"][value="${vote}"]`);

/** Enter on a radio would press the form's first button. */
export function keepEnterFromDeciding(event: KeyboardEvent): void {
  if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
}
