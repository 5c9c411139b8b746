"use client";

const words = new EventTarget();

/** Tells this tab that something may have changed. */
export const tellLook = (): void => void words.dispatchEvent(new Event("look"));

/** Calls `look` whenever the server says that something may have changed. Gives what stops that. */
export function onLook(look: () => void): () => void {
  words.addEventListener("look", look);
  return () => words.removeEventListener("look", look);
}
