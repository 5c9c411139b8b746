"use client";
import { type ReactNode, useActionState, useEffect, useRef } from "react";
import { Kbd } from "#components/ui/kbd.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { decideRequest } from "../actions.ts";
import { decideLinked } from "../decide/[token]/actions.ts";
import { DecisionAnswers } from "./decision-answers.tsx";
import type { DecisionAsk, NextAsk } from "./decision-ask.ts";
import { DecisionRefused } from "./decision-refused.tsx";
import { DecisionThen } from "./decision-then.tsx";
import { keepEnterFromDeciding, useMeant } from "./use-meant.ts";

type DecisionProps = {
  ask: DecisionAsk;
  /** Whether the reader may decide on it now. */
  open: boolean;
  next: NextAsk | null;
  /** The token of the link that led here, where one did: then the page stays. */
  link?: string;
  /** What stands here instead once it is decided. */
  children: ReactNode;
};

/** Yes, yes for less, or no. It waits for the record, then goes on to the next. */
export function Decision({ ask, open, next, link, children }: DecisionProps) {
  const [state, act] = useActionState(link ? decideLinked : decideRequest, untried);
  const refused = state.ok === false ? state.error : null;
  const form = useRef<HTMLFormElement>(null);
  const meant = useMeant(form, open);
  useEffect(() => {
    if (refused?.fields?.comment) form.current?.querySelector("textarea")?.focus();
  }, [refused]);

  // Who lost a race reads so here, also once the page knows that it is decided.
  const lost = refused && !refused.fields && <DecisionRefused error={refused} next={next} />;
  if (!open)
    return (
      <div className="aside">
        {lost}
        {children}
      </div>
    );
  return (
    <form
      ref={form}
      className="card decide"
      aria-labelledby="decision"
      action={act}
      onKeyDown={keepEnterFromDeciding}
    >
      <header>
        <h2 id="decision">Your decision</h2>
        {ask.votes > 1 && (
          <span className="xs faint">
            {ask.approved.length} of {ask.votes} approved
            {ask.approved.length > 0 && `, by ${ask.approved.join(", ")}`}
          </span>
        )}
      </header>
      <div className="in stack">
        {lost}
        <input type="hidden" name="requestId" value={ask.id} />
        <input type="hidden" name="ask" value={ask.hash} />
        {link && <input type="hidden" name="link" value={link} />}
        {ask.forWhom && (
          <p className="sm">
            You decide for <strong>{ask.forWhom.name}</strong>, who is away until{" "}
            {ask.forWhom.until}.
          </p>
        )}
        <DecisionAnswers ask={ask} state={state} />
        <div className="go">
          <SubmitButton size="large" icon="x" name="vote" value="deny" aria-keyshortcuts="d">
            Deny <Kbd seenOnly>D</Kbd>
          </SubmitButton>
          <SubmitButton
            size="large"
            variant="primary"
            icon="check"
            name="vote"
            value="approve"
            shortcut="A"
          >
            Approve
          </SubmitButton>
        </div>
      </div>
      <DecisionThen meant={meant} next={next} byLink={link !== undefined} />
    </form>
  );
}
