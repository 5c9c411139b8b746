"use client";
import { useActionState } from "react";
import { scopeWords } from "#components/marks.tsx";
import { clock } from "#components/time-words.ts";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import type { Scope } from "#lib/vocabulary.ts";
import { endOwnSession } from "../../../../actions.ts";

type LiveElsewhereProps = {
  sessionId: string;
  scope: Scope;
  subject: string;
  /** ISO time */
  until: string;
  zone: string;
  /** That it was refused for this just now: read out at once. */
  refused?: boolean;
};

/** One session at a time: which one is live, and the way to end it from here. */
export function LiveElsewhere({
  sessionId,
  scope,
  subject,
  until,
  zone,
  refused,
}: LiveElsewhereProps) {
  const [state, end] = useActionState(endOwnSession, untried);
  if (state.ok === true)
    return (
      <Note icon="check" role="status" title="That session has ended">
        You can start now. What you typed is kept.
      </Note>
    );
  return (
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
          <input type="hidden" name="sessionId" value={sessionId} />
          <SubmitButton icon="stop">End that session</SubmitButton>
        </form>
      }
    >
      <p>
        {scopeWords[scope].word} as {subject}, until {clock(new Date(until), new Date(), zone)}. One
        at a time.
      </p>
      {state.ok === false && <p role="alert">{state.error.message}</p>}
    </Note>
  );
}
