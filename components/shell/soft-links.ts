"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Follows every `PlainLink` by the router. What asks for another tab or window, and what was handled, is left alone. */
export function useSoftLinks(): void {
  const router = useRouter();
  useEffect(() => {
    const clicked = (event: MouseEvent) => {
      const href = event.target instanceof Element && softHref(event.target);
      if (!href || event.defaultPrevented || asksForAnotherTab(event)) return;
      event.preventDefault();
      router.push(href);
    };
    document.addEventListener("click", clicked);
    return () => document.removeEventListener("click", clicked);
  }, [router]);
}

const softHref = (target: Element): string | null | undefined =>
  target.closest("a[data-soft]")?.getAttribute("href");

const asksForAnotherTab = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  button !== 0 || metaKey || ctrlKey || shiftKey || altKey;
