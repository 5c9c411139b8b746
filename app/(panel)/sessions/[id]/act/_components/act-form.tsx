"use client";
import { use, useState } from "react";
import { SendKeyHint, sentByKey } from "#components/keys/send-by-key.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Field } from "#components/ui/field.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { errorOf, typed } from "#lib/platform/form-state.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { givenName } from "../../../../_words/given-name.ts";
import { CannotWait } from "../../../../customers/[id]/break-glass/_components/carried.tsx";
import { Refusal } from "../../../../customers/[id]/start/_components/refusal.tsx";
import { useFirstQuestion } from "../../../../customers/[id]/start/_components/use-first-question.ts";
import { coveredBy, type StandingNow } from "../../../../customers/[id]/start/standing-now.ts";
import type { Carried } from "../carried.ts";
import { ActingContext } from "./act-flow.tsx";
import { AsBefore } from "./as-before.tsx";
import { Means } from "./means.tsx";

export type ActFormProps = {
  subject: { id: string; name: string };
  product: { name: string };
  policy: Pick<
    Policy,
    | "reasons"
    | "maxMinutes"
    | "idleMinutes"
    | "lapseMinutes"
    | "startWithinMinutes"
    | "exportsInWrite"
  >;
  /** How many votes acting needs, and how many people could give one. */
  approvals: number;
  approvers: number;
  /** What was approved for the reader and stands, at this account. */
  standing: StandingNow[];
  carried: Carried;
  /** Whether the policy lets one act without the approval that is needed. */
  glass: boolean;
  /** Whether something above the form is to be read first. */
  hasNews: boolean;
};

/** One new sentence; what looking was asked with comes along, folded. Works without script. */
export function ActForm(props: ActFormProps) {
  const { subject, policy, carried } = props;
  const { state, send } = use(ActingContext);
  const [ticket, setTicket] = useState(typed(state, "ticket", carried.ticket));
  const [minutes, setMinutes] = useState(Number(typed(state, "minutes", String(carried.minutes))));
  const covered = coveredBy(props.standing, { ticket, scope: "write", minutes });
  const asks = props.approvals > 0 && !covered;
  const refused = state.ok === false ? state.error : null;
  const given = givenName(subject.name);
  const form = useFirstQuestion(!props.hasNews);

  return (
    <div className="start">
      <div className="stack">
        {refused?.code === "invalid" && <ErrorSummary error={refused} />}
        {refused && refused.code !== "invalid" && <Refusal error={refused} />}
        <form ref={form} action={send} className="stack questions" noValidate {...sentByKey}>
          <Field
            name="reason"
            label="Why do you need to change something?"
            hint={
              <>
                {`${asks ? "Approvers decide by it, auditors read it" : "Auditors read it"}, and the customer may ask for it. You look because: `}
                <Quote>{carried.lookedFor}</Quote>
              </>
            }
            error={errorOf(state, "reason")}
          >
            {(wiring) => (
              <TextArea
                {...wiring}
                atLeast={10}
                atMost={500}
                defaultValue={typed(state, "reason")}
              />
            )}
          </Field>
          <AsBefore
            state={state}
            carried={carried}
            policy={policy}
            given={given}
            onTicket={setTicket}
            onMinutes={setMinutes}
          />
          <input type="hidden" name="subjectId" value={subject.id} />
          <input type="hidden" name="scope" value="write" />
          <input type="hidden" name="targetLinkUri" value={carried.url} />
          <input type="hidden" name="returnPath" value={carried.returnPath} />
          <div className="row">
            <SubmitButton variant="primary" size="large">
              {asks ? "Send to approvers" : `Start acting as ${given}`}
            </SubmitButton>
            {/* A plain link: it leads out of the panel. */}
            <a className={buttonClass({ variant: "quiet", size: "large" })} href={carried.back}>
              Go on looking
            </a>
            {props.glass && <CannotWait subjectId={subject.id} />}
            <SendKeyHint />
          </div>
        </form>
      </div>
      <Means {...props} given={given} minutes={minutes} asks={asks} covered={covered} />
    </div>
  );
}
