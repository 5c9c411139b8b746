"use client";
import { useEffect, useState } from "react";
import { type PaletteAnswer, paletteAnswer } from "./palette-answer.ts";

const pause = 120;

/** A number: seconds after which it may be asked again. */
export type PaletteFailure = "signed_out" | "failed" | number;

const nothing: PaletteAnswer = { q: "", groups: [], pages: [] };

/**
 * What the server knows of what is typed. The old answer stays until the new one is there; what was asked before the last key
 * is dropped. `pages` are the first answer's: they do not change with what is typed. Nothing outlives the palette: the next
 * to open it may be somebody else.
 */
export function usePalette(text: string) {
  const q = text.trim();
  const [near, setNear] = useState<PaletteAnswer | null>(null);
  const [answer, setAnswer] = useState(nothing);
  const [failure, setFailure] = useState<PaletteFailure | null>(null);
  const [tries, setTries] = useState(0);

  // What is near is asked for once, and goes on being while somebody types already: the pages come with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: "Try again" is another try at the same text
  useEffect(() => {
    if (near) return;
    const stop = new AbortController();
    const look = async () => {
      const next = await ask("", stop.signal);
      if (stop.signal.aborted) return;
      if (typeof next === "object") setNear(next);
      else setFailure(next);
    };
    void look();
    return () => stop.abort();
  }, [tries]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    setFailure(null);
    if (q === "") return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const next = await ask(q, stop.signal);
      if (stop.signal.aborted) return;
      if (typeof next === "object") setAnswer(next);
      else setFailure(next);
    }, pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [q, tries]);

  const shown = q === "" ? near : answer;
  return {
    groups: shown?.groups ?? [],
    pages: near?.pages ?? [],
    failure,
    isBusy: failure === null && (shown === null || shown.q !== q),
    tryAgain: () => setTries((n) => n + 1),
  };
}

async function ask(q: string, signal: AbortSignal): Promise<PaletteAnswer | PaletteFailure> {
  try {
    const response = await fetch(`/api/palette?q=${encodeURIComponent(q)}`, {
      signal,
      cache: "no-store",
    });
    if (response.status === 401) return "signed_out";
    if (response.status === 429) return Number(response.headers.get("retry-after")) || 60;
    return response.ok ? paletteAnswer.parse(await response.json()) : "failed";
  } catch {
    return "failed";
  }
}
