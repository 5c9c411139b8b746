"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { singleKey } from "#components/keys/single-key.ts";

/** `J` and `K` go to the next and the previous item.. */
export function ItemKeys({ next, previous }: { next: string | null; previous: string | null }) {
  const router = useRouter();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const key = singleKey(event);
      const to = key === "j" ? next : key === "k" ? previous : null;
      if (to === null) return;
      event.preventDefault();
      router.push(to);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [router, next, previous]);
  return null;
}
