"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/**
 * Where list and request stand side by side, the request that is shown first gets its own address: nothing that
 * happens in the queue may then put another one under the hand that decides.
 */
export function OpenWide({ href }: { href: string }) {
  const router = useRouter();
  useEffect(() => {
    if (matchMedia("(width >= 65.0625rem)").matches) router.replace(href, { scroll: false });
  }, [href, router]);
  return null;
}
