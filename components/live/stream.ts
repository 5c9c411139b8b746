"use client";
import { tellLook } from "./look.ts";

const name = "alongside.live";
/** After a refusal, which a browser takes for final. Milliseconds. */
const refusedWait = 30_000;

/**
 * One stream for all tabs of this browser that are seen: HTTP/1.1 has six connections to a host, and each would hold one. The
 * tab that holds the lock opens it and passes each word on to the others; hidden, it hands it over. It only shortens
 * the wait until the next poll: where a browser, a proxy or the server will not have it, nothing else changes.
 * Gives what ends it.
 */
export function keepStream(address: string): () => void {
  if (!("locks" in navigator && "EventSource" in window && "BroadcastChannel" in window))
    return () => {};
  const others = new BroadcastChannel(name);
  others.onmessage = () => !document.hidden && tellLook();
  const heard = () => {
    tellLook();
    others.postMessage("look");
  };

  let turn: AbortController | null = null;
  const stop = () => {
    turn?.abort();
    turn = null;
  };
  const follow = () => {
    if (document.hidden) return stop();
    if (turn) return;
    turn = new AbortController();
    const { signal } = turn;
    navigator.locks.request(name, { signal }, () => lead(address, signal, heard)).catch(() => {});
  };

  follow();
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", stop);
  return () => {
    document.removeEventListener("visibilitychange", follow);
    window.removeEventListener("pagehide", stop);
    stop();
    others.close();
  };
}

/** Holds the stream open until `signal`, through losses and refusals. */
function lead(address: string, signal: AbortSignal, heard: () => void): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource(address);
      // What came between the last look and this is missed otherwise.
      source.onopen = heard;
      source.onmessage = heard;
      source.onerror = () => {
        // Perhaps it ended with the sign-in: the poll says so.
        heard();
        if (source.readyState === EventSource.CLOSED) again = setTimeout(open, refusedWait);
      };
    };
    open();
    signal.addEventListener("abort", () => {
      clearTimeout(again);
      source.close();
      resolve();
    });
  });
}
