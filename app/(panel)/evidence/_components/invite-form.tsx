"use client";
import { useActionState } from "react";
import { cityOf } from "#components/time-words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import type { Period } from "#lib/evidence/controls/period.ts";
import { typed, untried } from "#lib/platform/form-state.ts";
import { inviteAuditor } from "../guests/actions.ts";
import { LinkOnce } from "./link-once.tsx";

type InviteFormProps = { period: Pick<Period, "firstDay" | "lastDay" | "zone">; origin: string };

/** Who looks at what until when, and why. */
export function InviteForm({ period, origin }: InviteFormProps) {
  const [state, send] = useActionState(inviteAuditor, untried);
  const refused = state.ok === false ? state.error : null;
  if (state.ok) return <LinkOnce invited={state.value} origin={origin} />;
  const wrong = (name: string) => refused?.fields?.[name];
  return (
    <form action={send} className="stack" noValidate>
      {refused && <ErrorSummary error={refused} />}
      <Field name="name" label="What is the auditor called?" error={wrong("name")}>
        {(w) => <Input {...w} maxLength={200} defaultValue={typed(state, "name")} />}
      </Field>
      <Field name="firm" label="From which firm?" error={wrong("firm")}>
        {(w) => <Input {...w} maxLength={200} defaultValue={typed(state, "firm")} />}
      </Field>
      <Field
        name="email"
        label="What is their e-mail?"
        hint="For the record: Alongside sends nothing there."
        error={wrong("email")}
      >
        {(w) => <Input {...w} type="email" maxLength={320} defaultValue={typed(state, "email")} />}
      </Field>
      <Field
        name="from"
        label="From which day may they look?"
        hint={`Days in ${cityOf(period.zone)} time, both included. They see the reviews that lie within them as a whole.`}
        error={wrong("from")}
      >
        {(w) => <Input {...w} type="date" defaultValue={typed(state, "from", period.firstDay)} />}
      </Field>
      <Field name="to" label="Up to which day?" error={wrong("to")}>
        {(w) => <Input {...w} type="date" defaultValue={typed(state, "to", period.lastDay)} />}
      </Field>
      <Field
        name="days"
        label="For how many days from now?"
        hint="At most 30. It is never prolonged; you can end it at any time."
        error={wrong("days")}
      >
        {(w) => (
          <Input {...w} type="number" min={1} max={30} defaultValue={typed(state, "days", "14")} />
        )}
      </Field>
      <Field
        name="reason"
        label="What do they audit?"
        hint="It is on record."
        error={wrong("reason")}
      >
        {(w) => (
          <TextArea
            {...w}
            rows={3}
            atLeast={10}
            atMost={500}
            defaultValue={typed(state, "reason")}
          />
        )}
      </Field>
      <p className="sm soft">
        They read: the reviews of these days with their items and decisions, controls, samples and
        what is behind each line. They search no customers and change nothing. Each page that they
        open is on record.
      </p>
      <div className="row">
        <SubmitButton variant="primary" size="large" icon="key">
          Invite and show the link
        </SubmitButton>
        <ButtonLink href="/evidence/guests" variant="quiet" size="large">
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
