"use client";
import { useEffect, useRef } from "react";
import type { Scope } from "#lib/vocabulary.ts";
import { Countdown } from "./countdown.tsx";
import { scopeWords } from "./marks.tsx";
import { type StripAction, StripPress } from "./strip-press.tsx";
import { classes } from "./ui/classes.ts";
import { Icon } from "./ui/icon.tsx";
import { useConfirm } from "./ui/toast.tsx";

export type StripSession = {
  id: string;
  scope: Scope;
  actor: string;
  subject: string;
  subjectLang?: string | null;
  account: string;
  product: string;
  /** In words: "Demo", "Production". */
  environment: string;
  /** The reason's category in words. */
  reason: string;
  ticket: string | null;
  /** Started without the approval that the policy wants. */
  breakGlass: boolean;
  /** When it ends at the latest, and the server's clock: ISO times. */
  until: string;
  now: string;
};

type StripProps<T, L> = {
  session: StripSession;
  end: StripAction<T>;
  look: StripAction<L>;
  /** Whether who looks may ask to act. */
  mayAct: boolean;
};

/**
 * On every page of the panel while the reader stands in: who, as whom, where, why, how long, the way back and the way
 * out. Rendered by the server, so that all but the ticking stands without script.
 */
export function Strip<T, L>({ session, end, look, mayAct }: StripProps<T, L>) {
  const { icon, word, name } = scopeWords[session.scope];
  useNarrowed(session);
  return (
    <aside className={classes("strip", name === "act" && "act")} aria-label="You are standing in">
      <span className="sign">
        <Icon name={icon} />
        {word}
      </span>
      <p>
        <strong>{session.actor}</strong> is {word.toLowerCase()} as{" "}
        <strong lang={session.subjectLang ?? undefined}>
          <bdi>{session.subject}</bdi>
        </strong>
        , <bdi>{session.account}</bdi>
        {session.breakGlass && (
          <>
            {" "}
            <strong className="glass">
              <Icon name="bolt" /> Break-glass
            </strong>
          </>
        )}
        <span className="more">
          <span className="lead-in"> · </span>
          {session.environment} · {session.reason}
          {session.ticket && (
            <>
              {" · "}
              <span className="whitespace-nowrap">{session.ticket}</span>
            </>
          )}
        </span>
      </p>
      <span className="left">
        <Countdown until={session.until} now={session.now} announce="Your session" refreshAtEnd />{" "}
        left
      </span>
      {/* A plain link: entering the product is never prefetched. */}
      <a href={`/sessions/${session.id}/enter`}>
        Back to {session.product}
        <Icon name="open" />
      </a>
      {session.scope === "write" && (
        <StripPress
          sessionId={session.id}
          action={look}
          icon="eye"
          label="Just look"
          className="look"
        />
      )}
      {session.scope === "read" && mayAct && (
        <a href={`/sessions/${session.id}/act`}>
          <span>
            Act<span className="sr-only"> as {session.subject}</span>…
          </span>
        </a>
      )}
      <StripPress
        sessionId={session.id}
        action={end}
        icon="stop"
        label="End session"
        shortcut="e"
      />
    </aside>
  );
}

/** Says that acting has become looking, wherever that was pressed: it is the same session, and it is so. */
function useNarrowed({ id, scope, subject }: StripSession): void {
  const before = useRef({ id, scope });
  const confirm = useConfirm();
  useEffect(() => {
    const was = before.current;
    before.current = { id, scope };
    if (was.id === id && was.scope === "write" && scope === "read")
      confirm(`You only look as ${subject} from now on.`);
  });
}
