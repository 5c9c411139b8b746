"use client";
import { useCallback, useEffect, useRef } from "react";
import { searchAddress } from "./search-address.ts";

/** As long as somebody pauses between two keys. Milliseconds. */
const pause = 120;

/**
 * Keeps what is typed in the address, for reload and Back. It is written a moment after the last key, and before that
 * when anything is pressed or the field is left: a change of the address takes the place of a navigation or an action
 * that is on its way, so none may come after a press. While we lead on ourselves (`isLeaving`) none is made.
 *
 * Gives `written`, the text that the address holds, and `write`, which writes at once.
 */
export function useAddress(text: string, isLeaving: boolean) {
  const written = useRef(text);
  const wanted = useRef<string | null>(null);

  const write = useCallback(() => {
    if (wanted.current === null) return;
    const next = wanted.current;
    wanted.current = null;
    written.current = next;
    history.replaceState(null, "", searchAddress(next));
  }, []);

  useEffect(() => {
    if (isLeaving || text === written.current) {
      wanted.current = null;
      return;
    }
    wanted.current = text;
    const timer = setTimeout(write, pause);
    return () => clearTimeout(timer);
  }, [text, isLeaving, write]);

  // Before React and the router hear of it.
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Enter") write();
    };
    document.addEventListener("click", write, true);
    document.addEventListener("submit", write, true);
    document.addEventListener("focusout", write, true);
    document.addEventListener("keydown", pressed, true);
    return () => {
      document.removeEventListener("click", write, true);
      document.removeEventListener("submit", write, true);
      document.removeEventListener("focusout", write, true);
      document.removeEventListener("keydown", pressed, true);
    };
  }, [write]);

  return { written, write };
}
