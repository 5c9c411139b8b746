"use client";
import { type ReactNode, useActionState, useRef } from "react";
import { ScopeMark } from "#components/marks.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Pick } from "#components/ui/choices.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Choices, Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { AreaField } from "#components/ui/kept-field.tsx";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { typed, untried } from "#lib/platform/form-state.ts";
import type { Reason } from "#lib/policy/policy.ts";
import { callerChecks } from "#lib/vocabulary.ts";
import { callerCheckWords } from "#lib/vocabulary-labels.ts";
import { useEnter } from "../../../../_components/use-enter.ts";
import { LiveElsewhere } from "../../start/_components/live-elsewhere.tsx";
import { type LiveSession, liveSessionOf } from "../../start/_components/live-session.ts";
import { useInTheWay } from "../../start/_components/use-in-the-way.ts";
import { breakTheGlass } from "../actions.ts";
import { Carried } from "./carried.tsx";
import { NotBroken } from "./not-broken.tsx";
import { WhatHappens } from "./what-happens.tsx";

export type GlassFormProps = {
  subject: { id: string; name: string; given: string };
  account: string;
  product: string;
  reasons: Reason[];
  rules: { minutes: number; write: boolean; reasonLength: number };
  /** Who could have approved: they are told. */
  told: string[];
  /** When the review is due at the latest, in words. */
  reviewBy: string;
  zone: string;
  answers: Record<
    | "reasonCategory"
    | "reason"
    | "callerCheck"
    | "ticket"
    | "scope"
    | "targetLinkUri"
    | "returnPath"
    | "insteadOf",
    string
  >;
  back: string;
  live: LiveSession | null;
  /** Why there is no glass to break, in the place of the form; one that has just been sent goes on all the same. */
  instead: ReactNode;
};

/** What happens comes first, then the questions, then the grave button. It works without script. */
export function GlassForm(props: GlassFormProps) {
  const { subject, product, reasons, rules, answers } = props;
  const [state, send] = useActionState(breakTheGlass, untried);
  const form = useRef<HTMLFormElement>(null);
  const refused = state.ok === false ? state.error : null;
  const errors = refused?.fields ?? {};
  const inTheWay = useInTheWay(refused, props.live);
  const started = state.ok === true ? state.value : null;

  useEnter(started);

  if (started)
    return (
      <Note icon="bolt" role="status" title="The glass is broken">
        <p className="row pt-1">
          <a className="btn ink" href={`/sessions/${started.sessionId}/enter`}>
            Go on to {product}
          </a>
        </p>
      </Note>
    );
  if (props.instead) return props.instead;
  return (
    <div className="glass stack">
      <WhatHappens {...props} />
      {refused?.code === "invalid" && <ErrorSummary error={refused} />}
      {refused && refused.code !== "invalid" && !liveSessionOf(refused) && (
        <NotBroken error={refused} />
      )}
      <form ref={form} action={send} className="stack questions" noValidate>
        <Carried subjectId={subject.id} form={form} untouched={state.ok === null} />
        <AreaField
          state={state}
          name="reason"
          label="Why can it not wait?"
          hint="What happened, and what you have to see or do. Whoever could have approved reads it now, and the customer may ask for it. No passwords, no health data."
          atLeast={rules.reasonLength}
          atMost={500}
          initial={answers.reason}
          className="min-h-28"
        />
        <Field name="ticket" label="Incident or ticket" error={errors.ticket}>
          {(wiring) => (
            <Input
              {...wiring}
              className="max-w-56"
              spellCheck={false}
              placeholder="SEC-112"
              defaultValue={typed(state, "ticket", answers.ticket)}
            />
          )}
        </Field>
        <Choices name="reasonCategory" label="What is it about?" error={errors.reasonCategory}>
          <Pick
            name="reasonCategory"
            chosen={typed(state, "reasonCategory", answers.reasonCategory)}
            options={reasons.map(({ category, label, hint }) => ({
              value: category,
              label,
              means: hint,
            }))}
          />
        </Choices>
        <Choices
          name="callerCheck"
          label={`How do you know that it is ${subject.given}?`}
          error={errors.callerCheck}
        >
          <Pick
            name="callerCheck"
            chosen={typed(state, "callerCheck", answers.callerCheck)}
            options={callerChecks.map((check) => ({
              value: check,
              label: callerCheckWords[check],
            }))}
          />
        </Choices>
        {rules.write ? (
          <Choices name="scope" label="What may you do?" error={errors.scope}>
            <Pick
              scope
              name="scope"
              chosen={typed(state, "scope", answers.scope)}
              options={[
                {
                  value: "read",
                  label: <ScopeMark scope="read">Read only</ScopeMark>,
                  means: `Open pages and lists. ${product} refuses every change.`,
                },
                {
                  value: "write",
                  label: <ScopeMark scope="write">Read and change</ScopeMark>,
                  means: "Changes are real, and are recorded before they happen.",
                },
              ]}
            />
          </Choices>
        ) : (
          <input type="hidden" name="scope" value="read" />
        )}
        <input type="hidden" name="subjectId" value={subject.id} />
        <input type="hidden" name="targetLinkUri" value={answers.targetLinkUri} />
        <input type="hidden" name="returnPath" value={answers.returnPath} />
        {answers.insteadOf && <input type="hidden" name="insteadOf" value={answers.insteadOf} />}
        <input type="hidden" name="ends" value={inTheWay.now?.sessionId ?? ""} />
        {inTheWay.last && (
          <LiveElsewhere
            key={inTheWay.last.sessionId}
            session={inTheWay.last}
            isOver={inTheWay.now === null}
            zone={props.zone}
            atOnce
            refused={inTheWay.refused}
          />
        )}
        <div className="row">
          <SubmitButton variant="ink" size="large" icon="bolt">
            Break the glass and start
          </SubmitButton>
          <ButtonLink variant="quiet" size="large" href={props.back}>
            Cancel
          </ButtonLink>
        </div>
      </form>
    </div>
  );
}
