"use client";
import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";

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
      if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || event.repeat) return;
      event.preventDefault();
      ref.current?.requestSubmit();
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
