"use client";
import { useEffect, useState } from "react";
import { durationWords } from "#components/time-words.ts";

/** How long since, counted on from what the server said. It ticks in place and is silent. */
export function Elapsed({ seconds }: { seconds: number }) {
  const [since, setSince] = useState(seconds);
  useEffect(() => {
    const began = performance.now() - seconds * 1000;
    const timer = setInterval(() => setSince(Math.floor((performance.now() - began) / 1000)), 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return (
    <time dateTime={`PT${since}S`} role="timer" aria-live="off" className="num">
      {durationWords(since)}
    </time>
  );
}
