"use client";
import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { isSendKey } from "./single-key.ts";

/**
 * A decision is sent by `⌘↵` from anywhere on its page, and never by `↵` alone: on a radio that would send the form.
 * Spread the result on the form.
 */
export function useSendKey(): {
  ref: RefObject<HTMLFormElement | null>;
  onKeyDown: (event: KeyboardEvent) => void;
} {
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      if (!isSendKey(event, ref.current)) return;
      event.preventDefault();
      // As if pressed: while it is being sent the button takes no second press.
      ref.current?.querySelector<HTMLButtonElement>("button[type=submit]")?.click();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
  return { ref, onKeyDown: keepEnterFromSending };
}

function keepEnterFromSending(event: KeyboardEvent): void {
  if (event.key !== "Enter" || event.metaKey || event.ctrlKey) return;
  if (event.target instanceof HTMLInputElement) event.preventDefault();
}
