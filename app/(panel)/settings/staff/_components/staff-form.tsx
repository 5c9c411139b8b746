"use client";
import { useActionState } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { Boxes, Pick } from "#components/ui/choices.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Choices, Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/input.tsx";
import { InputField } from "#components/ui/kept-field.tsx";
import { Note } from "#components/ui/note.tsx";
import { SignInAgain } from "#components/ui/sign-in-again.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { typed, typedList, untried } from "#lib/platform/form-state.ts";
import { type Role, roles, type StaffKind } from "#lib/vocabulary.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { addPerson, changePerson } from "../actions.ts";

type StaffFormProps = {
  /** Null: somebody new. */
  person: {
    id: string;
    name: string;
    team: string;
    zone: string;
    managerEmail: string | null;
    kind: StaffKind;
    roles: readonly Role[];
    lookingOnly: boolean;
    /** The grants behind the roles, so that nobody changes back what was changed meanwhile. */
    held: readonly string[];
  } | null;
  zones: readonly string[];
  zone: string;
  /** What an invitation does here. */
  invitation?: string;
};

/** Who somebody is and what they may do. Works without script. */
export function StaffForm({ person, zones, zone, invitation }: StaffFormProps) {
  const [state, send] = useActionState(person ? changePerson : addPerson, untried);
  const refused = state.ok === false ? state.error : null;
  const error = (name: string) => refused?.fields?.[name];
  return (
    <form action={send} className="stack" noValidate>
      {refused?.code === "invalid" && <ErrorSummary error={refused} />}
      {refused && refused.code !== "invalid" && (
        <Note
          tone="problem"
          role="alert"
          title={refused.message}
          actions={
            person &&
            refused.code === "conflict" && (
              <a className="btn" href={`/settings/staff/${person.id}`}>
                Look again
              </a>
            )
          }
        >
          <SignInAgain error={refused} />
        </Note>
      )}
      {person && <input type="hidden" name="staffId" value={person.id} />}
      {person && <input type="hidden" name="held" value={person.held.join(" ")} />}
      <InputField state={state} name="name" label="Name" maxLength={100} initial={person?.name} />
      {!person && (
        <InputField
          state={state}
          name="email"
          label="E-mail"
          hint="As the company’s sign-on says it. It cannot be changed later."
          type="email"
          maxLength={200}
        />
      )}
      <InputField
        state={state}
        name="team"
        label="Team"
        hint="A manager reads the audit log of their own team."
        maxLength={100}
        initial={person?.team}
      />
      <InputField
        state={state}
        name="managerEmail"
        label="Reports to"
        hint="Their manager’s e-mail, or nothing. Nobody decides on requests of whom they report to."
        type="email"
        maxLength={200}
        initial={person?.managerEmail ?? ""}
      />
      <Field name="zone" label="Time zone" error={error("zone")}>
        {(wiring) => (
          <Select {...wiring} defaultValue={typed(state, "zone", person?.zone ?? zone)}>
            {zones.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Field>
      <Choices name="kind" label="Kind of account" error={error("kind")}>
        <Pick
          name="kind"
          chosen={typed(state, "kind", person?.kind ?? "person")}
          options={[
            { value: "person", label: "A person" },
            {
              value: "service",
              label: "A service account",
              means: "Of an integration, not of somebody. Access reviews show it as such.",
            },
          ]}
        />
      </Choices>
      <Choices name="roles" label="Roles" error={error("roles")}>
        <Boxes
          name="roles"
          chosen={typedList(state, "roles", person?.roles ?? [])}
          options={roles.map((role) => ({
            value: role,
            label: roleWords[role].name,
            means: roleWords[role].means,
          }))}
        />
      </Choices>
      <Choices name="lookingOnly" label="As an agent" error={error("lookingOnly")}>
        <Boxes
          name="lookingOnly"
          chosen={typedList(state, "lookingOnly", person?.lookingOnly ? ["on"] : [])}
          options={[
            {
              value: "on",
              label: "Looking only",
              means: "Never acts as a customer. A live session in which they act ends at once.",
            },
          ]}
        />
      </Choices>
      {person ? (
        <InputField
          state={state}
          name="reason"
          label="Why do roles or manager change?"
          hint="Needed where they do. That somebody becomes an admin waits for another admin to accept it."
          maxLength={500}
        />
      ) : (
        <Choices name="invite" label="Invitation" error={error("invite")}>
          <Boxes
            name="invite"
            chosen={typedList(state, "invite", ["on"])}
            options={[
              {
                value: "on",
                label: "Tell them by mail",
                means: invitation,
              },
            ]}
          />
        </Choices>
      )}
      <div className="row">
        <SubmitButton variant="primary" size="large">
          {person ? "Save" : "Add to the staff"}
        </SubmitButton>
        <ButtonLink variant="quiet" size="large" href="/settings/staff">
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
