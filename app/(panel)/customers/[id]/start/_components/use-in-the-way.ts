"use client";
import { useState } from "react";
import type { Refusal } from "#lib/kernel/result.ts";
import { type LiveSession, liveSessionOf } from "./live-session.ts";

type InTheWay = {
  /** What is live now, as far as the page knows: the start ends it. */
  now: LiveSession | null;
  /** The last that was. It stays once it has been seen, to say that it has ended. */
  last: LiveSession | null;
  /** Why nothing was started, where it is for that session. */
  refused: Refusal | null;
};

/** The reader's own session that the next one takes the place of: as the page says, or as a refusal knows it better. */
export function useInTheWay(error: Refusal | null, live: LiveSession | null): InTheWay {
  const named = liveSessionOf(error);
  const [seen, setSeen] = useState(live?.sessionId);
  if (live && live.sessionId !== seen) setSeen(live.sessionId);
  const isOver = named !== null && named.sessionId === seen && live?.sessionId !== seen;
  const now = named && !isOver ? named : live;
  const [last, setLast] = useState(now);
  if (now && now.sessionId !== last?.sessionId) setLast(now);
  return { now, last, refused: named && !isOver ? error : null };
}
