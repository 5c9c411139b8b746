"use client";
import { useActionState, useEffect, useRef, useState } from "react";
import { scopeWords } from "#components/marks.tsx";
import { clock } from "#components/time-words.ts";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Refusal } from "#lib/kernel/result.ts";
import { untried } from "#lib/platform/form-state.ts";
import { endOwnSession } from "../../../../actions.ts";
import type { LiveSession } from "./live-session.ts";

type LiveElsewhereProps = {
  session: LiveSession;
  /** Whether it is live as far as the page knows now. */
  live: boolean;
  zone: string;
  /** The try that was refused for it just now: read out at once. */
  refused: Refusal | null;
};

/** One session at a time: which one is live, the way to end it from here, and then that it has ended. */
export function LiveElsewhere({ session, live, zone, refused }: LiveElsewhereProps) {
  const [state, end] = useActionState(endOwnSession, untried);
  const [wasLive, setWasLive] = useState(live);
  const box = useRef<HTMLDivElement>(null);
  const over = state.ok === true || (wasLive && !live);
  if (live && !wasLive) setWasLive(true);

  useEffect(() => {
    if (refused) box.current?.focus();
  }, [refused]);
  useEffect(() => {
    // The button that ended it is gone.
    if (over && document.activeElement === document.body) box.current?.focus();
  }, [over]);

  const { word } = scopeWords[session.scope];
  return (
    <div ref={box} tabIndex={-1}>
      {over ? (
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
              ? "You cannot start: another session of yours is live"
              : "Another session of yours is live"
          }
          actions={
            <form action={end}>
              <input type="hidden" name="sessionId" value={session.sessionId} />
              <SubmitButton icon="stop">End that session</SubmitButton>
            </form>
          }
        >
          <p>
            {word} as {session.subject}, until{" "}
            {clock(new Date(session.expiresAt), new Date(), zone)}. One at a time.
          </p>
          {state.ok === false && <p role="alert">{state.error.message}</p>}
        </Note>
      )}
    </div>
  );
}
