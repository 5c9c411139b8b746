"use client";
import { useActionState, useEffect } from "react";
import { useSendKey } from "#components/keys/use-send-key.ts";
import { Pick } from "#components/ui/choices.tsx";
import { Choices } from "#components/ui/field.tsx";
import { Kbd, ModKbd } from "#components/ui/kbd.tsx";
import { AreaField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Disposed } from "#lib/findings/dispose.ts";
import { type FormState, typed, untried } from "#lib/platform/form-state.ts";
import { disposals } from "#lib/vocabulary.ts";
import { findingStatusWords } from "#lib/vocabulary-labels.ts";
import { disposeOfFinding } from "../../actions.ts";

type TriageFormProps = { findingId: string; given: string; due: React.ReactNode };

/** What it was, and how the reader knows. It is decided once. */
export function TriageForm({ findingId, given, due }: TriageFormProps) {
  const [state, send] = useActionState<FormState<Disposed>, FormData>(disposeOfFinding, untried);
  const refused = state.ok === false ? state.error : null;
  const sentByKey = useSendKey();
  const { ref: form } = sentByKey;
  useEffect(() => {
    if (refused?.fields?.as) form.current?.querySelector<HTMLElement>("input[name=as]")?.focus();
    else if (refused?.fields?.note) form.current?.querySelector("textarea")?.focus();
  }, [refused, form]);
  return (
    <form {...sentByKey} action={send} className="card triage" aria-labelledby="triage" noValidate>
      <header>
        <h2 id="triage">What was it?</h2>
        <span className="end sm">{due}</span>
      </header>
      <div className="in stack">
        <input type="hidden" name="findingId" value={findingId} />
        <Refused state={state}>What you typed is kept.</Refused>
        <Choices
          small
          name="as"
          label={<span className="vh">Decision</span>}
          error={refused?.fields?.as}
        >
          <Pick
            name="as"
            chosen={typed(state, "as")}
            options={disposals.map((value, index) => ({
              value,
              shortcut: String(index + 1),
              aside: <Kbd seenOnly>{String(index + 1)}</Kbd>,
              label: findingStatusWords[value].name,
              means: findingStatusWords[value].means,
            }))}
          />
        </Choices>
        <AreaField
          state={state}
          small
          name="note"
          label="What you found out"
          atLeast={10}
          atMost={2000}
          className="min-h-24"
        />
        <p className="sm soft">
          It is decided once. Your name and the note go on record and into the access review;{" "}
          {given} sees the decision, not the note.
        </p>
        <SubmitButton size="large" variant="primary" icon="check">
          Record the decision <ModKbd seenOnly>↵</ModKbd>
        </SubmitButton>
      </div>
    </form>
  );
}
