"use client";
import { useActionState } from "react";
import { ButtonLink } from "#components/ui/button.tsx";
import { Boxes, Pick } from "#components/ui/choices.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Choices, Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { InputField } from "#components/ui/kept-field.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Secret } from "#lib/notices/team-channels.ts";
import { errorOf, type FormState, typed, typedList, untried } from "#lib/platform/form-state.ts";
import { addNoticeChannel } from "../actions.ts";
import { SecretOnce } from "./secret-once.tsx";

export type GroupOption = { value: string; label: string; means: string };
type Props = { groups: readonly GroupOption[]; teams: readonly string[]; hasSlack: boolean };

/** A team's channel, or a company's own system. */
export function AddForm({ groups, teams, hasSlack }: Props) {
  const [state, send] = useActionState<FormState<Secret>, FormData>(addNoticeChannel, untried);
  const refused = state.ok === false ? state.error : null;
  if (state.ok === true)
    return (
      <div className="stack">
        <SecretOnce added={state.value} />
        <div className="row">
          <ButtonLink href="/settings/notices">All channels</ButtonLink>
        </div>
      </div>
    );
  return (
    <form action={send} className="stack" noValidate>
      {refused?.code === "invalid" && <ErrorSummary error={refused} />}
      <Refused state={state} />
      <Choices name="channel" label="What is it?" error={errorOf(state, "channel")}>
        <Pick
          name="channel"
          chosen={typed(state, "channel", "webhook")}
          options={[
            {
              value: "webhook",
              label: "A webhook",
              means: "A system of your company’s own. Each message is signed.",
            },
            {
              value: "slack",
              label: "A Slack channel",
              means: hasSlack
                ? "The app must be in it."
                : "This installation is not connected to Slack yet.",
              disabled: !hasSlack,
            },
          ]}
        />
      </Choices>
      <InputField state={state} name="name" label="What do you call it?" maxLength={100} />
      <InputField
        state={state}
        name="address"
        label="Where is it?"
        hint="A webhook’s address, https://…, or a Slack channel’s id, C0…"
        maxLength={2000}
      />
      <Field
        name="team"
        label="Whose is it?"
        hint="A team, whose requests and sessions it is told of. Nothing: of a webhook, each person’s own notices, for those who choose it."
        error={errorOf(state, "team")}
      >
        {(wiring) => (
          <>
            <Input {...wiring} list="teams" maxLength={100} defaultValue={typed(state, "team")} />
            <datalist id="teams">
              {teams.map((team) => (
                <option key={team} value={team} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Choices
        name="groups"
        label="What is the team told there?"
        hint="Break-glass always."
        error={errorOf(state, "groups")}
      >
        <Boxes
          name="groups"
          chosen={typedList(
            state,
            "groups",
            groups.map(({ value }) => value),
          )}
          options={groups}
        />
      </Choices>
      <div className="row">
        <SubmitButton variant="primary" size="large">
          Add it
        </SubmitButton>
        <ButtonLink variant="quiet" size="large" href="/settings/notices">
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
