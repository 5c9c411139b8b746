"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Follows every `PlainLink` by the router. What asks for another tab or window, and what was handled, is left alone. */
export function useSoftLinks(): void {
  const router = useRouter();
  useEffect(() => {
    const clicked = (event: MouseEvent) => {
      if (event.defaultPrevented || asksForAnotherTab(event)) return;
      const link = event.target instanceof Element ? event.target.closest("a[data-soft]") : null;
      if (!(link instanceof HTMLAnchorElement) || leavesThePanel(link)) return;
      const href = link.getAttribute("href");
      if (!href) return;
      event.preventDefault();
      router.push(href, { scroll: link.getAttribute("data-soft") !== "stay" });
    };
    document.addEventListener("click", clicked);
    return () => document.removeEventListener("click", clicked);
  }, [router]);
}

const leavesThePanel = (link: HTMLAnchorElement): boolean =>
  link.target !== "" || link.hasAttribute("download") || link.origin !== location.origin;

const asksForAnotherTab = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  button !== 0 || metaKey || ctrlKey || shiftKey || altKey;
