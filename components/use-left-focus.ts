"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { focusTitle } from "./focus-title.ts";

/** For what may go while it has the focus, by what it does or by itself: then the focus goes to what the page is about. */
export function useLeftFocus<E extends Element>(): RefObject<E | null> {
  const ref = useRef<E>(null);
  const hadFocus = useRef(false);
  // While it still is in the page; the title is sought once the page is as it will be.
  useLayoutEffect(
    () => () => {
      hadFocus.current = ref.current?.contains(document.activeElement) ?? false;
    },
    [],
  );
  useEffect(
    () => () => {
      if (hadFocus.current) focusTitle();
    },
    [],
  );
  return ref;
}
