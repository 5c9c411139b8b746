"use client";
import { useActionState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { useFocusRefused } from "#components/use-focus-refused.ts";
import { errorOf, type FormState, typed, untried } from "#lib/platform/form-state.ts";

type DecisionFormProps = {
  proposalId: string;
  /** What a yes means. */
  means: string;
  proposer: string;
  decide: (before: FormState, form: FormData) => Promise<FormState>;
  /** Why it can be declined only, and what now. */
  notAcceptable: string | null;
};

/** Yes or no, by the second person. It is decided once. */
export function DecisionForm(props: DecisionFormProps) {
  const { proposalId, means, proposer, decide, notAcceptable } = props;
  const [state, send] = useActionState(decide, untried);
  const form = useFocusRefused(state, "comment");
  return (
    <form ref={form} action={send} className="card triage" aria-labelledby="decision" noValidate>
      <header>
        <h2 id="decision">Your decision</h2>
      </header>
      <div className="in stack">
        <Refused state={state}>What you typed is kept.</Refused>
        <input type="hidden" name="proposalId" value={proposalId} />
        <Field
          small
          name="comment"
          label={
            <>
              Comment <span className="faint font-normal">· required to decline</span>
            </>
          }
          error={errorOf(state, "comment")}
        >
          {(wiring) => (
            <TextArea
              {...wiring}
              data-key="d"
              className="min-h-16"
              placeholder={`${proposer} reads this`}
              defaultValue={typed(state, "comment")}
            />
          )}
        </Field>
        {notAcceptable ? (
          <p className="sm">
            <Icon name="lock" /> {notAcceptable}
          </p>
        ) : (
          <p className="sm soft">
            If you accept: {means} Your name and the comment go into the audit log.
          </p>
        )}
        <div className={notAcceptable ? "row" : "grid grid-cols-2 gap-2"}>
          <SubmitButton size="large" icon="x" name="vote" value="decline" aria-keyshortcuts="d">
            Decline <Kbd seenOnly>D</Kbd>
          </SubmitButton>
          {!notAcceptable && (
            <SubmitButton
              size="large"
              variant="primary"
              icon="check"
              name="vote"
              value="accept"
              shortcut="A"
            >
              Accept
            </SubmitButton>
          )}
        </div>
      </div>
    </form>
  );
}
