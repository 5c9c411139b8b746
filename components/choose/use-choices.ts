"use client";
import { useEffect, useState } from "react";
import { type ChoicesAnswer, choicesAnswer } from "./choices-answer.ts";

const pause = 120;

/**
 * What the source has for the text, once it is wanted. The old answer stays until the new one is there; what was asked before
 * the last key is dropped.
 */
export function useChoices(source: string, text: string, isWanted: boolean) {
  const q = text.trim();
  const [answer, setAnswer] = useState<ChoicesAnswer | null>(null);
  const [failed, setFailed] = useState<"signed_out" | "failed" | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    setFailed(null);
    const stop = new AbortController();
    const timer = setTimeout(
      async () => {
        const next = await ask(`${source}&q=${encodeURIComponent(q)}`, stop.signal);
        if (stop.signal.aborted) return;
        if (typeof next === "object") setAnswer(next);
        else setFailed(next);
      },
      q === "" ? 0 : pause,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [source, q, isWanted]);
  return { answer, failed, isBusy: isWanted && failed === null && answer?.q !== q };
}

async function ask(url: string, signal: AbortSignal) {
  try {
    const response = await fetch(url, { signal, cache: "no-store" });
    if (response.status === 401) return "signed_out";
    return response.ok ? choicesAnswer.parse(await response.json()) : "failed";
  } catch {
    return "failed";
  }
}
