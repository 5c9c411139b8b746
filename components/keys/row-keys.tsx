"use client";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { moveAmong } from "./rows.ts";
import { isShown, singleKey } from "./single-key.ts";

/**
 * `J`, `K` (and arrows, once the focus is inside) move the focus along the links or buttons marked `data-row` in the
 * element of the returned ref; `↵` then opens, as on any link.
 */
function useRowKeys<T extends HTMLElement>(): RefObject<T | null> {
  const box = useRef<T>(null);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const step = stepOf(event, box.current);
      if (step === 0) return;
      const rows = [...(box.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
      if (moveAmong(rows.filter(isShown), step)) event.preventDefault();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
  return box;
}

function stepOf(event: KeyboardEvent, box: HTMLElement | null): number {
  const key = singleKey(event);
  if (key === "j") return 1;
  if (key === "k") return -1;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return 0;
  const onRow =
    box?.contains(document.activeElement) && document.activeElement?.matches("[data-row]");
  if (onRow && event.key === "ArrowDown") return 1;
  if (onRow && event.key === "ArrowUp") return -1;
  return 0;
}

/** Around a table or list that the server renders. `Keys` leaves pages that have one to it. */
export function RowKeys({ children }: { children: ReactNode }) {
  return (
    <div ref={useRowKeys<HTMLDivElement>()} data-rows>
      {children}
    </div>
  );
}
