"use client";
import { useEffect, useRef } from "react";
import { scopeWords } from "#components/marks.tsx";
import { clock } from "#components/time-words.ts";
import { Note } from "#components/ui/note.tsx";
import type { Refusal } from "#lib/kernel/result.ts";
import type { LiveSession } from "./live-session.ts";

type LiveElsewhereProps = {
  session: LiveSession;
  isOver: boolean;
  zone: string;
  /** Whether the next one starts at once; else the live one goes on for now. */
  atOnce: boolean;
  /** The try that was refused for it just now: read out at once. */
  refused: Refusal | null;
};

/** One session at a time, beside the button: which one is live, what becomes of it, and then that it has ended. */
export function LiveElsewhere({ session, isOver, zone, atOnce, refused }: LiveElsewhereProps) {
  const box = useRef<HTMLDivElement>(null);

  // Another one than the form named: the button says something else now, which is to be read before it is pressed.
  useEffect(() => {
    if (refused) box.current?.focus();
  }, [refused]);

  const until = clock(new Date(session.expiresAt), new Date(), zone);
  return (
    <div ref={box} tabIndex={-1}>
      {isOver ? (
        <Note icon="check" role="status" title="That session has ended">
          You can start now. What you typed is kept.
        </Note>
      ) : (
        <Note
          tone={refused ? "problem" : "plain"}
          icon={refused ? "ban" : "info"}
          role={refused ? "alert" : undefined}
          title={
            refused
              ? "Nothing was started and nothing ended: this session of yours is live now"
              : "Another session of yours is live"
          }
        >
          <p>
            {scopeWords[session.scope].word} as {session.subject}, until {until}. One at a time:{" "}
            {atOnce
              ? "it ends as the next one starts."
              : "it goes on while this waits for an answer, and ends when you start then."}
            {refused && " What you typed is kept."}
          </p>
        </Note>
      )}
    </div>
  );
}
