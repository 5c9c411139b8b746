"use client";
import { useRouter } from "next/navigation";
import { useActionState, useEffect, useRef } from "react";
import { Kbd } from "#components/ui/kbd.tsx";
import { InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { type FormState, untried } from "#lib/platform/form-state.ts";
import { givenName, possessive } from "../../_words/given-name.ts";
import "./end-form.css";

type EndFormProps<T> = {
  session: { id: string; actor: string; subject: string };
  /** Whether it is the reader's own: then why is theirs to say or not. */
  own: boolean;
  /** The page without the form. */
  keep: string;
  action: (before: FormState<T>, form: FormData) => Promise<FormState<T>>;
};

/** Asks why, says what happens, ends. `Esc` keeps the session. */
export function EndForm<T>({ session, own, keep, action }: EndFormProps<T>) {
  const [state, act] = useActionState<FormState<T>, FormData>(action, untried);
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const name = `comment-${session.id}`;

  useEffect(() => form.current?.querySelector<HTMLElement>("input[name=comment]")?.focus(), []);
  useEffect(() => {
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      document.querySelector<HTMLElement>(`[aria-controls="end-${session.id}"]`)?.focus();
      router.push(keep, { scroll: false });
    };
    document.addEventListener("keydown", onEscape);
    return () => document.removeEventListener("keydown", onEscape);
  }, [keep, router, session.id]);

  return (
    <form ref={form} id={`end-${session.id}`} className="end-form" action={act}>
      <input type="hidden" name="sessionId" value={session.id} />
      <Refused state={state} />
      <InputField
        state={state}
        small
        id={name}
        name="comment"
        label={
          own
            ? "Why do you end your session? You need not say."
            : `Why do you end ${possessive(session.actor)} session?`
        }
        after={consequence(session, own)}
        maxLength={500}
        required={!own}
      />
      <SubmitButton variant="ink" size="large" icon="stop">
        End session
      </SubmitButton>
      <span className="xs faint keys">
        <Kbd>Esc</Kbd> keeps it
      </span>
    </form>
  );
}

function consequence({ actor, subject }: EndFormProps<unknown>["session"], own: boolean): string {
  if (own)
    return `${possessive(subject)} own session goes on. To go on yourself you would have to ask anew.`;
  const given = givenName(actor);
  return `${given} sees this at once. ${possessive(subject)} own session goes on. It cannot be taken up again; ${given} would have to ask anew.`;
}
