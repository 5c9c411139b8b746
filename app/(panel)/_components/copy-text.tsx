"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

/** Copies the text of an element. Without script or permission it can be marked and copied as any text. */
export function CopyText({ from }: { from: string }) {
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(from)?.textContent ?? "");
      setSaid("Copied");
    } catch {
      setSaid("Your browser did not let us copy: mark the text");
    }
  };
  return (
    <span className="row tight">
      <span role="status" className="xs faint">
        {said}
      </span>
      <Button onClick={copy}>Copy</Button>
    </span>
  );
}
