"use client";
import { useEffect, useRef } from "react";
import { buttonClass } from "#components/ui/button.tsx";

/** Fetches the file as the page opens, as a download beside the page; without script it is a link. */
export function FetchOnce({ file }: { file: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  const fetched = useRef(false);
  useEffect(() => {
    if (fetched.current) return;
    fetched.current = true;
    link.current?.click();
  }, []);
  return (
    <a ref={link} className={buttonClass({ variant: "primary" })} href={file} download>
      Fetch the file
    </a>
  );
}
