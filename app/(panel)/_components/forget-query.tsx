"use client";
import { useLayoutEffect } from "react";
import { useHydrated } from "#components/hydrated.ts";

/**
 * Takes a parameter out of the address once it has been read, so that a reload does not say it again. Before any key can
 * be pressed on the new page: a change of the address takes the place of an action that is on its way, and what that leads
 * to would be lost.
 */
export function ForgetQuery({ name }: { name: string }) {
  // The router knows of changes of the address only once the page has come alive.
  const isHydrated = useHydrated();
  useLayoutEffect(() => {
    if (!isHydrated) return;
    const url = new URL(location.href);
    if (!url.searchParams.has(name)) return;
    url.searchParams.delete(name);
    history.replaceState(null, "", url);
  }, [name, isHydrated]);
  return null;
}
