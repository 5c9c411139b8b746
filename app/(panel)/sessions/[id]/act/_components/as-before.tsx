"use client";
import { useState } from "react";
import { withUnit } from "#components/time-words.ts";
import { Pick, Segments } from "#components/ui/choices.tsx";
import { Choices, Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { errorOf, type FormState, typed } from "#lib/platform/form-state.ts";
import { callerChecks, minuteChoices } from "#lib/vocabulary.ts";
import { callerCheckWords } from "#lib/vocabulary-labels.ts";
import { reasonOptions } from "../../../../_words/reason-options.ts";
import type { Carried } from "../carried.ts";
import type { ActFormProps } from "./act-form.tsx";

type AsBeforeProps = {
  state: FormState;
  carried: Carried;
  policy: ActFormProps["policy"];
  given: string;
  onTicket: (ticket: string) => void;
  onMinutes: (minutes: number) => void;
};

const names = ["reasonCategory", "callerCheck", "ticket", "minutes"] as const;
type Name = (typeof names)[number];

/** What looking was asked with: shown in a line, and open to change. It opens by itself where an answer was refused. */
export function AsBefore({ state, carried, policy, given, onTicket, onMinutes }: AsBeforeProps) {
  const first = (name: Name) => typed(state, name, String(carried[name]));
  const [said, setSaid] = useState({
    ...{ reasonCategory: first("reasonCategory"), callerCheck: first("callerCheck") },
    ...{ ticket: first("ticket"), minutes: first("minutes") },
  });
  const say = (name: Name) => (value: string) => {
    setSaid((before) => ({ ...before, [name]: value }));
    if (name === "ticket") onTicket(value);
    if (name === "minutes") onMinutes(Number(value));
  };
  const reason = policy.reasons.find(({ category }) => category === said.reasonCategory);
  const check = callerChecks.find((one) => one === said.callerCheck);
  const isWrong = names.some((name) => errorOf(state, name)) || carried.reasonCategory === "";
  return (
    <section className="as-before" aria-labelledby="as-before">
      <h2 id="as-before">As before</h2>
      <ul>
        <li>{reason?.label ?? "No reason chosen"}</li>
        <li>{check && callerCheckWords[check]}</li>
        <li className={said.ticket ? "mono" : undefined}>{said.ticket || "No ticket"}</li>
        <li>{withUnit(said.minutes, "min")}</li>
      </ul>
      <details className="more" open={isWrong || undefined}>
        <summary>Change these answers</summary>
        <div className="stack questions">
          <Choices
            name="reasonCategory"
            label="Why do you need it?"
            error={errorOf(state, "reasonCategory")}
          >
            <Pick
              name="reasonCategory"
              chosen={first("reasonCategory")}
              onChoose={say("reasonCategory")}
              options={reasonOptions(policy.reasons)}
            />
          </Choices>
          <Choices
            name="callerCheck"
            label={`How do you know that it is ${given}?`}
            error={errorOf(state, "callerCheck")}
          >
            <Pick
              name="callerCheck"
              chosen={first("callerCheck")}
              onChoose={say("callerCheck")}
              options={callerChecks.map((one) => ({ value: one, label: callerCheckWords[one] }))}
            />
          </Choices>
          <Field name="ticket" label="Ticket" error={errorOf(state, "ticket")}>
            {(wiring) => (
              <Input
                {...wiring}
                className="max-w-56"
                spellCheck={false}
                placeholder="SUP-4821"
                defaultValue={first("ticket")}
                onInput={(event) => say("ticket")(event.currentTarget.value)}
              />
            )}
          </Field>
          <Choices name="minutes" label="How long at most?" error={errorOf(state, "minutes")}>
            <Segments
              name="minutes"
              chosen={first("minutes")}
              onChoose={say("minutes")}
              options={minuteChoices.map((choice) => ({
                value: String(choice),
                // Side by side: where letters are wide, the unit goes below its number.
                label: `${choice} min`,
                disabled: choice > policy.maxMinutes,
              }))}
            />
          </Choices>
        </div>
      </details>
    </section>
  );
}
