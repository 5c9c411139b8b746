"use client";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useActionState,
  useEffect,
  useRef,
  useState,
} from "react";
import { singleKey } from "#components/keys/single-key.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Segments } from "#components/ui/choices.tsx";
import { Choices, Field } from "#components/ui/field.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Note } from "#components/ui/note.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { SignInAgain } from "#components/ui/sign-in-again.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { typed, untried } from "#lib/platform/form-state.ts";
import { minuteChoices, type Scope } from "#lib/vocabulary.ts";
import { givenName } from "../../_words/given-name.ts";
import { decideRequest } from "../actions.ts";
import { decideLinked } from "../decide/[token]/actions.ts";

type Ask = {
  id: string;
  /** What a vote holds for: the very ask that is shown. */
  hash: string;
  scope: Scope;
  minutes: number;
  actor: string;
  subject: string;
  startWithin: number;
  /** Who has approved already; the votes that are wanted in all. */
  approved: string[];
  votes: number;
  /** Whose votes are wanted beside this one, in words; null: nobody's. */
  more: string | null;
  /** Where it is asked to stand for later sessions. */
  stands: { hours: number; account: string; ticket: string } | null;
};
type DecisionProps = {
  ask: Ask;
  /** Whether the reader may decide on it now. */
  open: boolean;
  next: { id: string; words: string } | null;
  /** The token of the link that led here, where one did: then the page stays. */
  link?: string;
  /** What stands here instead once it is decided. */
  children: ReactNode;
};

/** Yes, yes for less, or no. It waits for the record, then goes on to the next. */
export function Decision({ ask, open, next, link, children }: DecisionProps) {
  const [state, act] = useActionState(link ? decideLinked : decideRequest, untried);
  const [minutes, setMinutes] = useState(ask.minutes);
  const refused = state.ok === false ? state.error : null;
  const given = givenName(ask.actor);
  const form = useRef<HTMLFormElement>(null);
  const meant = useMeant(form, open);
  useEffect(() => {
    if (refused?.fields?.comment) form.current?.querySelector("textarea")?.focus();
  }, [refused]);

  // Who lost a race reads so here, also once the page knows that it is decided.
  const lost = refused && !refused.fields && (
    <Note
      tone="problem"
      role="alert"
      title={refused.message}
      className="mb-4"
      actions={
        next && (
          <ButtonLink href={`/requests/${next.id}`} iconAfter="right">
            Next request
          </ButtonLink>
        )
      }
    >
      <SignInAgain error={refused} />
    </Note>
  );
  if (!open)
    return (
      <div className="aside">
        {lost}
        {children}
      </div>
    );

  const choices = [...new Set([...minuteChoices, ask.minutes])].sort((a, b) => a - b);
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
        <Choices
          small
          name="minutes"
          label="Minutes"
          after={`${ask.minutes} asked. You may shorten, not lengthen.`}
        >
          <Segments
            even
            keys
            name="minutes"
            chosen={String(minutes)}
            onChoose={(value) => setMinutes(Number(value))}
            options={choices.map((n) => ({
              value: String(n),
              label: n,
              disabled: n > ask.minutes,
            }))}
          />
        </Choices>
        <Field
          small
          name="comment"
          label={
            <>
              Comment <span className="faint font-normal">· required to deny</span>
            </>
          }
          error={refused?.fields?.comment}
        >
          {(wiring) => (
            <TextArea
              {...wiring}
              data-key="d"
              className="min-h-16"
              placeholder={`${given} sees this`}
              defaultValue={typed(state, "comment")}
            />
          )}
        </Field>
        <p className="sm soft">
          If you approve, {given} may{" "}
          <strong>{ask.scope === "write" ? "look and change" : "look but change nothing"}</strong>{" "}
          as {givenName(ask.subject)} for at most {minutes} min, starting within {ask.startWithin}{" "}
          min from now{ask.more && `, once ${ask.more} has approved too`}.{" "}
          {ask.stands && (
            <strong>
              For {ask.stands.hours} h {given} may then start again for {ask.stands.account} and{" "}
              {ask.stands.ticket} without asking.{" "}
            </strong>
          )}
          Your name goes into the audit log.
        </p>
        <div className="go">
          <SubmitButton size="large" icon="x" name="vote" value="deny" aria-keyshortcuts="d">
            Deny <Kbd>D</Kbd>
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
      <footer className="xs faint">
        <p className="only-keys">
          <Kbd>⌘↵</Kbd> {meantWords[meant]}
        </p>
        {next ? (
          <>
            Next in the queue:{" "}
            <PlainLink href={`/requests/${next.id}`} className="text-ink-2">
              {next.words}
            </PlainLink>
          </>
        ) : link ? (
          <PlainLink href="/requests" className="text-ink-2">
            What else waits for you
          </PlainLink>
        ) : (
          "Nothing else waits for you."
        )}
      </footer>
    </form>
  );
}

type Meant = "approve" | "deny" | "nothing";
const meantWords: Record<Meant, string> = {
  nothing: "decides and goes on, after A or D",
  approve: "approves and goes on",
  deny: "denies and goes on",
};

/**
 * `A` and `D` only move there; what was meant last is what `⌘↵` then presses, from wherever the focus is. Without either it
 * decides nothing.
 */
function useMeant(form: RefObject<HTMLFormElement | null>, open: boolean): Meant {
  const [meant, setMeant] = useState<Meant>("nothing");
  useEffect(() => {
    if (!open) return;
    const pressed = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        if (meant !== "nothing") button(form.current, meant)?.click();
        else button(form.current, "approve")?.focus();
        return;
      }
      const key = singleKey(event);
      if (key === "a") setMeant("approve");
      if (key === "d") setMeant("deny");
    };
    // Before the panel's own keys, which take the event.
    document.addEventListener("keydown", pressed, { capture: true });
    return () => document.removeEventListener("keydown", pressed, { capture: true });
  }, [form, open, meant]);
  return meant;
}

const button = (form: HTMLFormElement | null, vote: "approve" | "deny") =>
  form?.querySelector<HTMLButtonElement>(`button[name="vote"][value="${vote}"]`);

/** Enter on a radio would press the form's first button. */
function keepEnterFromDeciding(event: KeyboardEvent): void {
  if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
}
