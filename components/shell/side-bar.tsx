"use client";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { currentOf } from "./places.ts";

/** Brand, "Go to…" and the list, written by the server; where the reader is changes without it. */
export function SideBar({ html }: { html: string }) {
  const path = usePathname();
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has lost the mark
  useEffect(() => {
    const links = [...(box.current?.querySelectorAll("a[data-place]") ?? [])];
    const hrefOf = (link: Element) => link.getAttribute("href") ?? "";
    const crumb = document.querySelector(".crumbs a")?.getAttribute("href");
    const current = currentOf(links.map(hrefOf), path, crumb);
    for (const link of links) {
      if (hrefOf(link) === current) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }, [path, html]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: `written` escapes all that it is given
  return <div ref={box} className="contents" dangerouslySetInnerHTML={{ __html: html }} />;
}
