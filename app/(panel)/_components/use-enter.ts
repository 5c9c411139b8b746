"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { Started } from "#lib/impersonation/start.ts";

/**
 * Leads out to the product once a session has started: in a tab of its own, while this one goes on to the session's page. Who
 * came here from the product (its banner, a bookmark, the end of another session) is in its tab already, and stays in it, so that
 * tabs do not pile up. Where the browser lets us open none, this one goes.
 */
export function useEnter(started: Started | null): void {
  const router = useRouter();
  useEffect(() => {
    if (!started) return;
    const page = `/sessions/${started.sessionId}`;
    if (!isTabOf(started.origin) && opensBeside(`${page}/enter`)) router.push(page);
    else location.assign(`${page}/enter`);
  }, [started, router]);
}

/** Whether this tab was led here by a page of the product. */
const isTabOf = (origin: string): boolean => URL.parse(document.referrer)?.origin === origin;

/** The press of a moment ago lets us. The product must not get hold of this page by it. */
function opensBeside(address: string): boolean {
  const tab = window.open(address, "_blank");
  if (tab) tab.opener = null;
  return tab !== null;
}
