"use client";
import { useEffect, useRef } from "react";
import { Note } from "#components/ui/note.tsx";
import { SignInAgain } from "#components/ui/sign-in-again.tsx";
import type { Refusal as Refused } from "#lib/kernel/result.ts";

/** Why nothing was asked or started, where it is not about one of the answers; focused. */
export function Refusal({ error }: { error: Refused }) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try takes the focus anew
  useEffect(() => box.current?.focus(), [error]);
  return (
    <div ref={box} tabIndex={-1}>
      <Note tone="problem" role="alert" title={error.message}>
        <p>Nothing was sent. What you typed is kept.</p>
        <SignInAgain error={error} />
      </Note>
    </div>
  );
}
