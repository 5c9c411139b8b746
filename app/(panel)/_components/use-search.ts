"use client";
import { useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { SearchAnswer } from "./search-answer.ts";
import { useAddress } from "./use-address.ts";

const pause = 120;

/** A number: seconds after which it may be asked again. */
export type Failure = "signed_out" | "failed" | number;
const failed = (next: SearchAnswer | Failure): next is Failure => typeof next !== "object";

/**
 * What is typed, and the answer to it. The old answer stays until the new one is there; what was asked before the
 * last key is dropped, so answers cannot overtake each other. The address follows (`useAddress`).
 */
export function useSearch(initial: SearchAnswer, refused: number | null, isLeaving: boolean) {
  const params = useSearchParams();
  const [text, setText] = useState(params.get("q") ?? "");
  const [answer, setAnswer] = useState(initial);
  const [failure, setFailure] = useState<Failure | null>(refused);
  const [tries, setTries] = useState(0);
  const { written } = useAddress(text, isLeaving);

  // The server rendered anew. For an address that we did not write, the person has gone to another search.
  useEffect(() => {
    const here = new URLSearchParams(location.search).get("q") ?? "";
    if (initial.q === here && here !== written.current) {
      written.current = here;
      setText(here);
    }
    setAnswer((current) => (current.q === initial.q || initial.q === here ? initial : current));
  }, [initial, written]);

  const known = useRef(answer);
  known.current = answer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: "Try again" is another try at the same text
  useEffect(() => {
    if (text.trim() === known.current.q.trim()) {
      setFailure(null);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const next = text.trim() ? await ask(text, stop.signal) : nothing;
      if (stop.signal.aborted) return;
      setFailure(failed(next) ? next : null);
      if (!failed(next)) setAnswer(next);
    }, pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, tries]);

  return {
    text,
    setText,
    answer,
    failure,
    isBusy: text.trim() !== answer.q.trim() && !failure,
    tryAgain: () => setTries((n) => n + 1),
  };
}

const nothing: SearchAnswer = { q: "", rows: [], total: 0, more: false };

async function ask(q: string, signal: AbortSignal): Promise<SearchAnswer | Failure> {
  try {
    const response = await fetch(`/api/search?q=${encodeURIComponent(q)}`, {
      signal,
      cache: "no-store",
    });
    if (response.status === 401) return "signed_out";
    if (response.status === 429) return Number(response.headers.get("retry-after")) || 60;
    return response.ok ? await response.json() : "failed";
  } catch {
    return "failed";
  }
}
