"use client";
import { useActionState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/input.tsx";
import { InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { errorOf, typed, untried } from "#lib/platform/form-state.ts";
import { sayAway } from "../actions.ts";

type Choice = { id: string; name: string };
type AwayFormProps = {
  /** Of whom else it may be said. */
  people: readonly Choice[];
  /** Whether the reader can be away themselves. */
  ownPlace: boolean;
  /** Who may decide meanwhile; empty: there is nothing to choose. */
  managers: readonly Choice[];
};

/** From when until when, who decides meanwhile, and why. Works without script. */
export function AwayForm({ people, ownPlace, managers }: AwayFormProps) {
  const [state, send] = useActionState(sayAway, untried);
  return (
    <form action={send} className="stack" noValidate>
      <Refused state={state} />
      {people.length > 0 && (
        <Field name="personId" label="Who is away" error={errorOf(state, "personId")}>
          {(wiring) => (
            <Select
              {...wiring}
              defaultValue={typed(state, "personId", ownPlace ? "" : people[0]?.id)}
            >
              {ownPlace && <option value="">You</option>}
              {people.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <InputField
        state={state}
        name="firstDay"
        label="First day"
        type="date"
        className="max-w-56"
      />
      <InputField
        state={state}
        name="lastDay"
        label="Last day"
        hint={`At most 60 days, each a whole one where ${people.length > 0 ? "they live" : "you live"}.`}
        type="date"
        className="max-w-56"
      />
      {managers.length > 0 && (
        <Field
          name="toId"
          label="Who decides meanwhile"
          hint="A manager, who decides as themselves. They cannot hand it on."
          error={errorOf(state, "toId")}
        >
          {(wiring) => (
            <Select {...wiring} defaultValue={typed(state, "toId", "")}>
              <option value="">Nobody in particular: other managers</option>
              {managers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <InputField state={state} name="reason" label="Why" placeholder="On leave" maxLength={300} />
      <div className="row">
        <SubmitButton variant="primary" size="large">
          Save
        </SubmitButton>
      </div>
    </form>
  );
}
