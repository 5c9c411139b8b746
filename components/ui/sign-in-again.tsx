"use client";
import { useEffect, useState } from "react";
import type { Refusal } from "#lib/kernel/result.ts";
import { buttonClass } from "./button.tsx";

const channel = "alongside-sign-in";

/**
 * Beside a form that was refused for want of a fresh sign-in: leads there in a tab of its own, so that what was typed
 * stays, and says when it is done. Without script the other tab says so.
 */
export function SignInAgain({ error }: { error: Refusal | null }) {
  const isWanted = error?.code === "sign_in_again";
  const [doneFor, setDoneFor] = useState<Refusal | null>(null);
  useEffect(() => {
    if (!isWanted || !("BroadcastChannel" in window)) return;
    const told = new BroadcastChannel(channel);
    told.onmessage = () => setDoneFor(error);
    return () => told.close();
  }, [isWanted, error]);
  if (!isWanted) return null;
  const isDone = doneFor === error;
  return (
    <div className="row pt-1">
      <a
        className={buttonClass({ variant: isDone ? "plain" : "ink" })}
        href="/sign-in/again?from=/sign-in/again/done"
        target="_blank"
        rel="noopener"
      >
        Sign in again
      </a>
      <span role="status" className="sm">
        {isDone
          ? "You signed in again. Send this once more."
          : "Opens in another tab; this one keeps what you typed."}
      </span>
    </div>
  );
}

/** Tells the forms that wait in other tabs of this browser. */
export function ToldOtherTabs() {
  useEffect(() => {
    if (!("BroadcastChannel" in window)) return;
    const tell = new BroadcastChannel(channel);
    tell.postMessage("signed in again");
    return () => tell.close();
  }, []);
  return null;
}
