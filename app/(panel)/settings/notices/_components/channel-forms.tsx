"use client";
import { useActionState } from "react";
import { Boxes } from "#components/ui/choices.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Choices } from "#components/ui/field.tsx";
import { InputField } from "#components/ui/kept-field.tsx";
import { Note } from "#components/ui/note.tsx";
import { Refused } from "#components/ui/refused.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Secret, TeamChannel } from "#lib/notices/team-channels.ts";
import { errorOf, type FormState, typedList, untried } from "#lib/platform/form-state.ts";
import { changeNoticeChannel, removeNoticeChannel, renewChannelSecret } from "../actions.ts";
import type { GroupOption } from "./add-form.tsx";
import { SecretOnce } from "./secret-once.tsx";

type Props = { channel: TeamChannel; groups: readonly GroupOption[] };

/** What it is called and told. */
export function ChangeForm({ channel: { id, name, team, groups: chosen }, groups }: Props) {
  const [state, send] = useActionState<FormState<{ name: string }>, FormData>(
    changeNoticeChannel,
    untried,
  );
  const refused = state.ok === false ? state.error : null;
  return (
    <form action={send} className="stack" noValidate>
      {refused?.code === "invalid" && <ErrorSummary error={refused} />}
      <Refused state={state} />
      {state.ok === true && <Note role="status" news={state} icon="check" title="Saved" />}
      <input type="hidden" name="channelId" value={id} />
      <InputField state={state} name="name" label="Name" maxLength={100} initial={name} />
      {team && (
        <Choices
          name="groups"
          label={`What ${team} is told there`}
          hint="Break-glass always."
          error={errorOf(state, "groups")}
        >
          <Boxes name="groups" chosen={typedList(state, "groups", chosen)} options={groups} />
        </Choices>
      )}
      <div className="row">
        <SubmitButton variant="primary">Save</SubmitButton>
      </div>
    </form>
  );
}

/** A new secret, or the end of it. */
export function ChannelForms({ channel: { id, channel, name } }: Pick<Props, "channel">) {
  const [renewed, renew] = useActionState<FormState<Secret>, FormData>(renewChannelSecret, untried);
  const [removed, remove] = useActionState<FormState<{ name: string }>, FormData>(
    removeNoticeChannel,
    untried,
  );
  return (
    <div className="stack">
      {renewed.ok === true && <SecretOnce added={renewed.value} />}
      {channel === "webhook" && (
        <form action={renew} className="stack s">
          <Refused state={renewed} />
          <input type="hidden" name="channelId" value={id} />
          <p className="sm soft">A new secret puts the earlier one out of use at once.</p>
          <div className="row">
            <SubmitButton icon="key">Make a new secret</SubmitButton>
          </div>
        </form>
      )}
      <form action={remove} className="stack s">
        <Refused state={removed} />
        <input type="hidden" name="channelId" value={id} />
        <p className="sm soft">
          {name} is told nothing any more, nor what is on its way there. It cannot be undone: add it
          anew.
        </p>
        <div className="row">
          <SubmitButton variant="ink" icon="stop">
            Remove it
          </SubmitButton>
        </div>
      </form>
    </div>
  );
}
