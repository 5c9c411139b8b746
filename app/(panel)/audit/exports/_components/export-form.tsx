"use client";
import { type ReactNode, useActionState } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { Pick, type PickOption } from "#components/ui/choices.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Choices } from "#components/ui/field.tsx";
import { AreaField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Started } from "#lib/evidence/exports/start.ts";
import { type FormState, typed, untried } from "#lib/platform/form-state.ts";

type ExportFormProps = {
  action: (before: FormState<Started>, form: FormData) => Promise<FormState<Started>>;
  hidden: Record<string, string>;
  /** What it can be; none to choose where there is one. */
  formats?: readonly PickOption[];
  reasonHint: string;
  submit: string;
  keep: string;
  /** More questions, which know what was typed at the last try. */
  more?: (state: FormState<Started>) => ReactNode;
  children: ReactNode;
};

/** Asks what an export is for, says what it means, starts it. */
export function ExportForm({
  action,
  hidden,
  formats,
  reasonHint,
  submit,
  keep,
  more,
  children,
}: ExportFormProps) {
  const [state, send] = useActionState<FormState<Started>, FormData>(action, untried);
  const refused = state.ok === false ? state.error : null;
  return (
    <form action={send} className="stack" noValidate>
      {refused?.fields && <ErrorSummary error={refused} />}
      <Refused state={state}>Nothing was exported. What you typed is kept.</Refused>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {formats && (
        <Choices name="format" label="As what?" error={refused?.fields?.format}>
          <Pick
            name="format"
            options={formats}
            chosen={typed(state, "format", formats[0]?.value)}
          />
        </Choices>
      )}
      {more?.(state)}
      <AreaField
        state={state}
        name="reason"
        label="What is it for?"
        hint={reasonHint}
        rows={3}
        atLeast={10}
        atMost={500}
      />
      {children}
      <div className="row">
        <SubmitButton variant="primary" size="large" icon="download">
          {submit}
        </SubmitButton>
        <ButtonLink variant="quiet" size="large" href={keep}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
