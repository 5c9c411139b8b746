"use client";
import { useState } from "react";
import { Segments } from "#components/ui/choices.tsx";
import { Choices, Field } from "#components/ui/field.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { errorOf, type FormState, typed } from "#lib/platform/form-state.ts";
import { minuteChoices } from "#lib/vocabulary.ts";
import { givenName } from "../../_words/given-name.ts";
import type { DecisionAsk } from "./decision-ask.ts";
import { IfApproved } from "./if-approved.tsx";

/** For how long, what the actor is told, and then what a yes means. */
export function DecisionAnswers({ ask, state }: { ask: DecisionAsk; state: FormState }) {
  const [minutes, setMinutes] = useState(ask.minutes);
  const choices = [...new Set([...minuteChoices, ask.minutes])].sort((a, b) => a - b);
  return (
    <>
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
        error={errorOf(state, "comment")}
      >
        {(wiring) => (
          <TextArea
            {...wiring}
            data-key="d"
            className="min-h-16"
            placeholder={`${givenName(ask.actor)} sees this`}
            defaultValue={typed(state, "comment")}
          />
        )}
      </Field>
      <IfApproved ask={ask} minutes={minutes} />
    </>
  );
}
