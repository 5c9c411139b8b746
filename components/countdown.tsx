"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { bandTime, durationWords } from "./time-words.ts";

type CountdownProps = {
  /** When it ends, and the server's clock when the page was read: ISO times. The browser's own clock may be wrong. */
  until: string;
  now: string;
  /** `band`: "12:41". `words`: "9 min 58 s". */
  style?: "band" | "words";
  /** Said politely to screen readers at 5 min, at 1 min and at the end: "The session". */
  announce?: string;
  /** Reads the page anew once it is over. */
  refreshAtEnd?: boolean;
};

/** Time left, counted against the server's clock. It ticks in place and is silent but at its landmarks. */
export function Countdown({ until, now, style = "band", announce, refreshAtEnd }: CountdownProps) {
  const router = useRouter();
  const [left, setLeft] = useState(() => secondsBetween(now, until));
  const [said, setSaid] = useState("");
  const refreshed = useRef<string>(null);

  useEffect(() => {
    const end = performance.now() + Date.parse(until) - Date.parse(now);
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const ms = end - performance.now();
      const seconds = Math.max(0, Math.ceil(ms / 1000));
      setLeft(seconds);
      setSaid(announcement(seconds));
      if (seconds > 0) timer = setTimeout(tick, ms - (seconds - 1) * 1000 + 5);
      else if (refreshAtEnd && refreshed.current !== until) {
        refreshed.current = until;
        router.refresh();
      }
    };
    tick();
    return () => clearTimeout(timer);
  }, [until, now, refreshAtEnd, router]);

  return (
    <>
      <time dateTime={`PT${left}S`} role="timer" aria-live="off">
        {style === "band" ? bandTime(left) : durationWords(left)}
      </time>
      {announce && (
        <span className="vh" role="status">
          {said && `${announce} ${said}`}
        </span>
      )}
    </>
  );
}

const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.ceil((Date.parse(to) - Date.parse(from)) / 1000));

function announcement(seconds: number): string {
  if (seconds === 0) return "is over.";
  if (seconds <= 60) return "ends in less than a minute.";
  if (seconds <= 300) return "ends in less than 5 minutes.";
  return "";
}
