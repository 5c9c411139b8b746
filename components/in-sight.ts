"use client";
import { type RefObject, useEffect } from "react";

/**
 * Keeps what the keyboard moves to from ending up under something that stays on top (WCAG 2.2, 2.4.11): a browser scrolls
 * only to what is outside the window. `--on-top` of the page is its height, which wraps with the words in it.
 */
export function useInSightBelow(band: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onTop = band.current;
    if (!onTop) return;
    const { style } = document.documentElement;
    const sized = new ResizeObserver(() =>
      style.setProperty("--on-top", `${onTop.offsetHeight}px`),
    );
    sized.observe(onTop);
    // Who presses a button half under it means the button where it is.
    let pointed = false;
    const pointer = () => {
      pointed = true;
    };
    const key = () => {
      pointed = false;
    };
    const focused = ({ target }: FocusEvent) => {
      if (pointed || !(target instanceof Element) || onTop.contains(target)) return;
      const covered = () =>
        target.getBoundingClientRect().top < onTop.getBoundingClientRect().bottom;
      // After the browser's own scrolling, which is a frame away.
      requestAnimationFrame(() => covered() && target.scrollIntoView({ block: "nearest" }));
    };
    document.addEventListener("pointerdown", pointer, true);
    document.addEventListener("keydown", key, true);
    document.addEventListener("focusin", focused);
    return () => {
      sized.disconnect();
      style.removeProperty("--on-top");
      document.removeEventListener("pointerdown", pointer, true);
      document.removeEventListener("keydown", key, true);
      document.removeEventListener("focusin", focused);
    };
  }, [band]);
}
