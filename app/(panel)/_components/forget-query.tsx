"use client";
import { useEffect } from "react";

/** Takes a parameter out of the address once it has been read, so that a reload does not say it again. */
export function ForgetQuery({ name }: { name: string }) {
  useEffect(() => {
    const url = new URL(location.href);
    if (!url.searchParams.has(name)) return;
    url.searchParams.delete(name);
    history.replaceState(null, "", url);
  }, [name]);
  return null;
}
