"use client";
import { useEffect, useRef } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { SignInAgain } from "#components/ui/sign-in-again.tsx";
import type { Refusal } from "#lib/kernel/result.ts";

/** Why nothing started, where it is not about one of the answers; focused. */
export function NotBroken({ error }: { error: Refusal }) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try takes the focus anew
  useEffect(() => box.current?.focus(), [error]);
  const { sessionId } = error.detail ?? {};
  return (
    <div ref={box} tabIndex={-1}>
      <Note
        tone="problem"
        role="alert"
        title={error.message}
        actions={
          error.code === "review_first" &&
          typeof sessionId === "string" && (
            <ButtonLink href={`/sessions/${sessionId}`}>Open that session</ButtonLink>
          )
        }
      >
        <p>Nothing started. What you typed is kept.</p>
        <SignInAgain error={error} />
      </Note>
    </div>
  );
}
