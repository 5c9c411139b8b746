"use client";
import { useActionState } from "react";
import { Pick } from "#components/ui/choices.tsx";
import { Choices } from "#components/ui/field.tsx";
import { AreaField } from "#components/ui/kept-field.tsx";
import { Note } from "#components/ui/note.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { FlagChanged } from "#lib/impersonation/change-flag.ts";
import { errorOf, type FormState, typed, untried } from "#lib/platform/form-state.ts";
import type { Flag } from "#lib/vocabulary.ts";
import { changeTheFlag } from "../actions.ts";

type FlagFormProps = {
  flag: Flag;
  /** “the tier of Pebblewick Bakery” */
  about: string;
  of: { name: "accountId" | "subjectId"; id: string };
  /** Every other value, with what choosing it means. */
  options: { value: string; label: string; means: string }[];
};

const first: FormState<FlagChanged> = untried;

/** Stricter at once, looser by a second person; both with a reason. */
export function FlagForm({ flag, about, of, options }: FlagFormProps) {
  const [state, send] = useActionState(changeTheFlag, first);
  return (
    <>
      <details className="more" open={state.ok === false}>
        <summary>Change {about}…</summary>
        <form action={send} className="stack pt-3" noValidate>
          <Refused state={state}>What you typed is kept.</Refused>
          <input type="hidden" name="flag" value={flag} />
          <input type="hidden" name={of.name} value={of.id} />
          <Choices
            small
            name="value"
            id={`${flag}-value`}
            label="What it is to be"
            error={errorOf(state, "value")}
          >
            <Pick name="value" options={options} chosen={typed(state, "value")} />
          </Choices>
          <AreaField
            small
            state={state}
            name="reason"
            id={`${flag}-reason`}
            label="Why"
            hint="It is on record, and read by who decides."
          />
          <div className="row">
            <SubmitButton>Change it</SubmitButton>
          </div>
        </form>
      </details>
      {state.ok && (
        <Note role="status" icon="check" level="h3" title={doneTitle(state.value)}>
          {state.value.kind === "proposed" ? (
            <p className="sm">
              Nothing has changed yet.{" "}
              <PlainLink href={`/proposals/${state.value.number}`}>
                See P-{state.value.number}
              </PlainLink>
            </p>
          ) : (
            <p className="sm">It is in force, and on record.</p>
          )}
        </Note>
      )}
    </>
  );
}

function doneTitle(done: FlagChanged): string {
  if (done.kind === "proposed") return `P-${done.number} waits for another manager`;
  if (done.ended === 0) return "Set. Nobody was standing in there with less";
  return done.ended === 1 ? "Set, and one session ended" : `Set, and ${done.ended} sessions ended`;
}
