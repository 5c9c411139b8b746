"use client";
import { useEffect, useRef } from "react";

/** Folds the `details` that it stands in on Esc and on a press elsewhere; when it unfolds, its field has the focus. */
export function CloseOutside() {
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const details = here.current?.closest("details");
    if (!details) return;
    const stop = new AbortController();
    const { signal } = stop;
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && !details.contains(event.target)) details.open = false;
    };
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !details.open) return;
      event.preventDefault();
      details.open = false;
      details.querySelector("summary")?.focus();
    };
    const opened = () => {
      if (details.open)
        details.querySelector<HTMLElement>("input:not([type=hidden]), select")?.focus();
    };
    // Somebody was quicker than this script.
    if (document.activeElement === details.querySelector("summary")) opened();
    document.addEventListener("pointerdown", elsewhere, { signal });
    details.addEventListener("keydown", onEscape, { signal });
    details.addEventListener("toggle", opened, { signal });
    return () => stop.abort();
  }, []);
  return <span ref={here} hidden />;
}
