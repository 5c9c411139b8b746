"use client";
import { useActionState } from "react";
import { Boxes, Pick } from "#components/ui/choices.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Choices } from "#components/ui/field.tsx";
import { InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { errorOf, typed, typedList, untried } from "#lib/platform/form-state.ts";
import { roles } from "#lib/vocabulary.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { mapIssuerGroup } from "../actions.ts";

/** Which group gives which role, and why. */
export function MapForm() {
  const [state, send] = useActionState(mapIssuerGroup, untried);
  return (
    <form action={send} className="stack" noValidate>
      {state.ok === false && state.error.fields && <ErrorSummary error={state.error} />}
      <Refused state={state} />
      <InputField
        state={state}
        name="group"
        label="Group"
        hint="As the sign-on names it in its token: a name, or an id."
        maxLength={200}
      />
      <Choices name="role" label="Role" error={errorOf(state, "role")}>
        <Pick
          name="role"
          chosen={typed(state, "role", "agent")}
          options={roles.map((role) => ({
            value: role,
            label: roleWords[role].name,
            means:
              role === "admin" || role === "compliance"
                ? `${roleWords[role].means} A second admin accepts first.`
                : roleWords[role].means,
          }))}
        />
      </Choices>
      <Choices name="lookingOnly" label="As an agent" error={errorOf(state, "lookingOnly")}>
        <Boxes
          name="lookingOnly"
          chosen={typedList(state, "lookingOnly", [])}
          options={[{ value: "on", label: "Looking only", means: "Never acts as a customer." }]}
        />
      </Choices>
      <InputField state={state} name="reason" label="Why?" after="On record." maxLength={500} />
      <div className="row">
        <SubmitButton variant="primary" size="large">
          Map the group
        </SubmitButton>
      </div>
    </form>
  );
}
