"use client";
import { ScopeMark } from "#components/marks.tsx";
import { Pick, Segments } from "#components/ui/choices.tsx";
import { Choices, Field } from "#components/ui/field.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { type FormState, typed } from "#lib/platform/form-state.ts";
import { callerChecks, minuteChoices } from "#lib/vocabulary.ts";
import { callerCheckWords, environmentWords } from "#lib/vocabulary-labels.ts";
import { reasonOptions } from "../../../../_words/reason-options.ts";
import type { PartProps } from "./start-form.tsx";
import { Ticket } from "./ticket.tsx";

type QuestionsProps = PartProps & {
  state: FormState;
  given: string;
  onScope: (scope: string) => void;
  onMinutes: (minutes: string) => void;
  onTicket: (ticket: string) => void;
};

export function Questions(props: QuestionsProps) {
  const { state, policy, product, answers, given } = props;
  const errors = state.ok === false ? (state.error.fields ?? {}) : {};
  return (
    <>
      <Choices name="reasonCategory" label="Why do you need it?" error={errors.reasonCategory}>
        <Pick
          name="reasonCategory"
          chosen={typed(state, "reasonCategory", answers.reasonCategory)}
          options={reasonOptions(policy.reasons)}
        />
      </Choices>
      <Field
        name="reason"
        label="In a sentence"
        hint={`${policy.approvals > 0 ? "Approvers decide by it, auditors read it" : "Auditors read it"}, and the customer may ask for it. No passwords, no health data.`}
        error={errors.reason}
      >
        {(wiring) => (
          <TextArea
            {...wiring}
            atLeast={10}
            atMost={500}
            defaultValue={typed(state, "reason", answers.reason)}
          />
        )}
      </Field>
      <Choices
        name="callerCheck"
        label={`How do you know that it is ${given}?`}
        error={errors.callerCheck}
      >
        <Pick
          name="callerCheck"
          chosen={typed(state, "callerCheck", answers.callerCheck)}
          options={callerChecks.map((check) => ({ value: check, label: callerCheckWords[check] }))}
        />
      </Choices>
      <Ticket {...props} />
      <Choices name="scope" label="What may you do?" error={errors.scope}>
        <Pick
          scope
          name="scope"
          chosen={typed(state, "scope", answers.scope)}
          onChoose={props.onScope}
          options={[
            {
              value: "read",
              label: (
                <span className="row tight">
                  <ScopeMark scope="read" /> Read only
                </span>
              ),
              means: `Open pages and lists. ${product.name} refuses every change.`,
            },
            {
              value: "write",
              label: (
                <span className="row tight">
                  <ScopeMark scope="write" /> Read and change
                </span>
              ),
              means: props.looksOnly
                ? "Not for you: acting was not given to you, or was taken away. Your manager or an admin can say more."
                : `Changes are real and are recorded before they happen. Never: password, e-mail, API keys, invitations${policy.exportsInWrite ? "" : ", exports"}.`,
              disabled: props.looksOnly,
            },
          ]}
        />
      </Choices>
      <div className="row top gap-x-10 gap-y-4">
        <Choices name="minutes" label="How long at most?" error={errors.minutes}>
          <Segments
            name="minutes"
            chosen={typed(state, "minutes", String(answers.minutes))}
            onChoose={props.onMinutes}
            options={minuteChoices.map((minutes) => ({
              value: String(minutes),
              // Side by side: where letters are wide, the unit goes below its number.
              label: `${minutes} min`,
              disabled: minutes > policy.maxMinutes,
            }))}
          />
        </Choices>
        <div className="field" id="targetLinkUri" tabIndex={-1}>
          <span className="label">Where?</span>
          <p className="row tight min-h-8">
            {product.name}{" "}
            <span className="hint">
              {environmentWords[product.environment].toLowerCase()} environment
            </span>
          </p>
          {answers.targetLinkUri && (
            <p className="hint wrap-anywhere">Opens at {answers.targetLinkUri}</p>
          )}
          {answers.foreignPage && (
            <p className="wrong">
              <span className="wrap-anywhere">
                The page you came from, {answers.foreignPage}, is not one of {product.name}: it
                opens on its first page.
              </span>
            </p>
          )}
          {errors.targetLinkUri && <p className="wrong">{errors.targetLinkUri}</p>}
        </div>
      </div>
      {policy.approvals > 0 && policy.standing.length > 0 && (
        <Choices
          name="standingHours"
          label="May the approval stand for later sessions?"
          hint="With this account and this ticket, for you alone; each session still has its own reason and is on record. The approver sees that you ask for it, and can end it."
          error={errors.standingHours}
        >
          <Segments
            name="standingHours"
            chosen={typed(state, "standingHours", "")}
            options={[
              { value: "", label: "This once" },
              ...policy.standing.map(({ hours, label }) => ({ value: String(hours), label })),
            ]}
          />
        </Choices>
      )}
    </>
  );
}
