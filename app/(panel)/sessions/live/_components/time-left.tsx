"use client";
import { useEffect, useState } from "react";
import { Countdown } from "#components/countdown.tsx";
import { Meter } from "#components/ui/meter.tsx";
import type { Scope } from "#lib/vocabulary.ts";

type TimeLeftProps = { scope: Scope; minutes: number; until: string; now: string };

/** What is left, in words that tick and a bar that follows every few seconds. */
export function TimeLeft({ scope, minutes, until, now }: TimeLeftProps) {
  const [left, setLeft] = useState(Date.parse(until) - Date.parse(now));
  useEffect(() => {
    const end = performance.now() + Date.parse(until) - Date.parse(now);
    const follow = () => setLeft(Math.max(0, end - performance.now()));
    follow();
    const timer = setInterval(follow, 5000);
    return () => clearInterval(timer);
  }, [until, now]);
  return (
    <div className="left">
      <Countdown until={until} now={now} style="words" />
      <Meter thin value={left} max={minutes * 60_000} tone={scope === "write" ? "act" : "look"} />
    </div>
  );
}
