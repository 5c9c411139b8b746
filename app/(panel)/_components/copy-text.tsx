"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

/**
 * Copies the text of an element. Without script or permission it can be marked and copied as any text. `atStart` of a line,
 * what it says comes after the button, which stays where it is.
 */
export function CopyText({ from, atStart }: { from: string; atStart?: boolean }) {
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
    <span className={atStart ? "row tight flex-row-reverse justify-end" : "row tight"}>
      <span role="status" className="xs faint">
        {said}
      </span>
      <Button onClick={copy}>Copy</Button>
    </span>
  );
}
